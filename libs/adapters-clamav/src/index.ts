export * from './clamav-scanner.js';
