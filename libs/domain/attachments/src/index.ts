export * from './attachments-state.js';
export * from './decide-attachments.js';
