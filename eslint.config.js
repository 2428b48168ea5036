import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { wallsRule } from "./scripts/lint/walls-rule.mjs";

/** Forms that no file under src/ or test/ takes, with the reason that the linter prints. */
const FORMS = [
  { selector: "ExportDefaultDeclaration", message: "Exports are named." },
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
  {
    selector: "ExportNamedDeclaration[source]",
    message: "No barrels: import from the file that defines it.",
  },
];

/** A boolean says nothing where it is passed; a tagged union or two functions do. */
const BOOLEAN_PARAMETERS = [":function", "TSDeclareFunction", "TSMethodSignature", "TSFunctionType"].map(
  (owner) => ({
    selector: `${owner} > Identifier.params[typeAnnotation.typeAnnotation.type='TSBooleanKeyword']`,
    message: "No boolean parameters: use a tagged union, or two functions.",
  }),
);

/** Time and chance come through ports. */
const CLOCK_AND_CHANCE = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Take the time from the Clock port.",
  },
  { selector: "CallExpression[callee.name='Date']", message: "Take the time from the Clock port." },
  {
    selector:
      "ImportDeclaration[source.value=/^(node:)?crypto$/] ImportSpecifier[imported.name=/^(random|getRandom|webcrypto)/]",
    message: "Take random bytes from the RandomBytes port.",
  },
];
const CLOCK_AND_CHANCE_PROPERTIES = [
  { object: "Date", property: "now", message: "Take the time from the Clock port." },
  { object: "performance", property: "now", message: "Take the time from the Clock port." },
  { object: "Math", property: "random", message: "Take random bytes from the RandomBytes port." },
  { object: "crypto", property: "getRandomValues", message: "Take random bytes from the RandomBytes port." },
  { object: "crypto", property: "randomUUID", message: "Take random bytes from the RandomBytes port." },
];

const PROCESS = {
  name: "process",
  message: "Only main.ts touches the process: take what is needed as data.",
};
const OUTSIDE = ["console", "fetch", "setTimeout", "setInterval", "WebSocket", "EventSource"].map((name) => ({
  name,
  message: "Input, output and waiting go through a port.",
}));
const throughGlobalThis = (names) => ({
  selector: `MemberExpression[object.name=/^(globalThis|global)$/][property.name=/^(${names.join("|")})$/]`,
  message: "Not through globalThis either.",
});

/** What ESLint recommends for every JavaScript file, less what the compiler already says of TypeScript. */
const RECOMMENDED = [
  "no-async-promise-executor",
  "no-case-declarations",
  "no-cond-assign",
  "no-constant-binary-expression",
  "no-constant-condition",
  "no-control-regex",
  "no-dupe-else-if",
  "no-duplicate-case",
  "no-empty",
  "no-empty-character-class",
  "no-empty-pattern",
  "no-fallthrough",
  "no-irregular-whitespace",
  "no-loss-of-precision",
  "no-misleading-character-class",
  "no-prototype-builtins",
  "no-regex-spaces",
  "no-self-assign",
  "no-sparse-arrays",
  "no-unassigned-vars",
  "no-unsafe-finally",
  "no-unsafe-optional-chaining",
  "no-useless-assignment",
  "no-useless-backreference",
  "no-useless-catch",
  "no-useless-escape",
  "require-yield",
  "use-isnan",
  "valid-typeof",
];

export default defineConfig(
  { ignores: ["dist/", "action/", "coverage/", "src/**/generated/", "test/fixtures/", "test/**/fixtures/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{js,mjs,ts,tsx}"],
    rules: {
      ...Object.fromEntries(RECOMMENDED.map((rule) => [rule, "error"])),
      eqeqeq: "error",
      "max-lines": ["error", 250],
      "no-console": "off",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // A property is left out of an object by naming it beside the rest.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/strict-void-return": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
    rules: { "no-restricted-syntax": ["error", ...FORMS] },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { house: { rules: { walls: wallsRule } } },
    rules: {
      "house/walls": "error",
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-restricted-globals": ["error", PROCESS, ...OUTSIDE],
      "no-restricted-properties": ["error", ...CLOCK_AND_CHANCE_PROPERTIES],
      "no-restricted-syntax": [
        "error",
        ...FORMS,
        ...BOOLEAN_PARAMETERS,
        ...CLOCK_AND_CHANCE,
        throughGlobalThis(["process", ...OUTSIDE.map(({ name }) => name)]),
      ],
    },
  },
  {
    files: ["src/adapters/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", PROCESS],
      "no-restricted-properties": "off",
      "no-restricted-syntax": ["error", ...FORMS, ...BOOLEAN_PARAMETERS, throughGlobalThis(["process"])],
    },
  },
  {
    // Scripts of the console's pages: they run in a browser, and import nothing but each other.
    files: ["src/console/browser/**/*.ts"],
    rules: { "no-restricted-globals": ["error", PROCESS], "no-restricted-syntax": ["error", ...FORMS] },
  },
  {
    files: ["src/main.ts", "src/action.ts"],
    rules: {
      "no-restricted-globals": "off",
      "no-restricted-properties": "off",
      "no-restricted-syntax": ["error", ...FORMS, ...BOOLEAN_PARAMETERS],
    },
  },
  {
    files: ["test/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
