/** What a source file names: its imports, and the places where it reads a clock or makes something random. */
import { parseSync } from 'vite';

/** @typedef {{ line: number, specifier: string }} Import */
/** @typedef {{ line: number, what: string }} Impurity */
/** @typedef {{ type: string, start: number } & Record<string, any>} Node */

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
]);
const impureMembers = new Set(['Date.now', 'performance.now', 'Math.random', 'Temporal.Now', 'globalThis.crypto']);

/** @returns {string | undefined} the module that this node imports */
function specifierOf(/** @type {Node} */ node) {
  const isRequire = node.type === 'CallExpression' && node.callee.name === 'require';
  if (!isRequire && !importing.has(node.type)) return undefined;
  const source = isRequire ? node.arguments[0] : (node.source ?? node.expression);
  return typeof source?.value === 'string' ? source.value : undefined;
}

/** `x.crypto` and `{ crypto: … }` are names of something else. */
function isGlobalCrypto(/** @type {Node} */ node, /** @type {Node | undefined} */ parent) {
  if (node.type !== 'Identifier' || node.name !== 'crypto') return false;
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  return parent?.key !== node || parent.shorthand === true;
}

/** @returns {string | undefined} */
function impurityOf(/** @type {Node} */ node, /** @type {Node | undefined} */ parent) {
  const isDate = node.callee?.name === 'Date' && node.arguments?.length === 0;
  if (isDate) return node.type === 'NewExpression' ? 'new Date()' : 'Date()';
  if (isGlobalCrypto(node, parent)) return 'crypto';
  if (node.type !== 'MemberExpression') return undefined;
  const name = `${node.object.name}.${node.property.name ?? node.property.value}`;
  return impureMembers.has(name) ? name : undefined;
}

/**
 * @param {any} value a node, a list of nodes or any other field of a node
 * @param {(node: Node, parent: Node | undefined) => void} visit
 * @param {Node} [parent]
 */
function walk(value, visit, parent) {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, parent);
  } else if (value !== null && typeof value === 'object') {
    if (typeof value.type === 'string') visit(value, parent);
    for (const child of Object.values(value)) {
      if (child !== null && typeof child === 'object')
        walk(child, visit, typeof value.type === 'string' ? value : parent);
    }
  }
}

export function readSource(/** @type {string} */ path, /** @type {string} */ text) {
  const { program, errors } = parseSync(path, text);
  /** @type {Import[]} */ const imports = [];
  /** @type {Impurity[]} */ const impurities = [];
  const lineOf = (/** @type {Node} */ node) => text.slice(0, node.start).split('\n').length;
  walk(program, (node, parent) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ line: lineOf(node), specifier });
    const what = impurityOf(node, parent);
    if (what !== undefined) impurities.push({ line: lineOf(node), what });
  });
  return { imports, impurities, error: errors[0]?.message };
}
