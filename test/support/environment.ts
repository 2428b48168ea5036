/** Tests see the same environment everywhere: what a CI runner or a developer's shell sets about GitHub, proxies and sealring is gone. */
const INHERITED =
  /^(GH_|GITHUB_|RUNNER_|ACTIONS_|SEALRING_|(HTTPS?|ALL|NO)_PROXY$|BROWSER$|CI$|FORCE_COLOR$|NO_COLOR$)/i;

for (const name of Object.keys(process.env)) {
  if (INHERITED.test(name)) Reflect.deleteProperty(process.env, name);
}
