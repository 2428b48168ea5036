/** A ring with a seal on it. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="18" r="10" fill="none" ' +
  'stroke="#0b5cad" stroke-width="4"/><circle cx="16" cy="7" r="5" fill="#a5161d"/></svg>';
