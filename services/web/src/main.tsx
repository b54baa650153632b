import { render } from 'preact';
import { App } from './app.js';
import './style/base.css';
import './style/parts.css';
import './style/fields.css';
import './style/sign-in.css';
import './style/shell.css';
import './style/calendar.css';
import './style/editor.css';
import './style/pages.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
