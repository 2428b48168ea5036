import { relative, sep } from "node:path";
import { importFault } from "./ranks.mjs";

/** An ESLint rule that holds the ranks over every form of import: static, dynamic, re-export and in a type. */
export const wallsRule = {
  meta: { type: "problem", schema: [], messages: { wall: "{{fault}}" } },
  create(context) {
    const importer = relative(`${context.cwd}${sep}src`, context.filename).replaceAll(sep, "/");
    const check = (source) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const fault = importFault(importer, source.value);
      if (fault !== undefined) context.report({ node: source, messageId: "wall", data: { fault } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    };
  },
};
