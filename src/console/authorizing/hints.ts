/** What hints say in the words of a command line, and what to do here. The longer phrases first. */
const WORDS: readonly (readonly [terminal: RegExp, here: string])[] = [
  [/run the command again, with a longer --timeout/g, "try again"],
  [
    /run the command again; with --flow paste where the browser is on another machine/g,
    "try again; where the browser is on another machine, choose “On another device”",
  ],
  [/run (?:it|the command) with --flow paste/g, "choose “On another device”"],
  [/(?:then )?run(?: again)?: sealring authorize [a-z0-9-]+/g, "try again"],
  [/run on this machine: sealring recover/g, "recover on this machine"],
];

/** A hint, as it reads on a page that has a button to try again. */
export function hintHere(hint: string): string {
  return WORDS.reduce((text, [terminal, here]) => text.replaceAll(terminal, here), hint);
}
