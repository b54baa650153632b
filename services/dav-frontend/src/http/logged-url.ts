/** Seals and signatures that open something for whoever has them. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/(\/device-profiles\/)[^/?#]+/, '$1…'],
  [/([?&](?:signature|code|state|key)=)[^&#]*/g, '$1…'],
];

/** A request's target as it may stand in a log. */
export const loggedUrl = (url = ''): string =>
  secrets.reduce((text, [secret, shown]) => text.replace(secret, shown), url);
