"use strict";
// What Microsoft's own packages say of the folder; no network is used. Standard input: what to check, as JSON.

const fs = require("node:fs");
const path = require("node:path");

const checks = {
    /** custom-functions-metadata: functions.json as it is generated from JSDoc comments, and what it finds wrong in them. */
    functions({ source }) {
        const { parseTree } = require("custom-functions-metadata/lib/parseTree");
        const { functions, extras } = parseTree(source, "functions.js");
        return { functions, errors: extras.flatMap((one) => one.errors) };
    },
    /** office-addin-manifest-converter, then the schemas of @microsoft/app-manifest for what it made. */
    async manifest({ file, out }) {
        const { convert } = require("office-addin-manifest-converter");
        const log = console.log;
        console.log = () => undefined;
        await convert(file, out);
        console.log = log;
        const Ajv = require("ajv-draft-04").default, formats = require("ajv-formats").default;
        const schemas = path.join(path.dirname(require.resolve("@microsoft/app-manifest")), "json-schemas/teams/v1.17");
        const read = (name) => JSON.parse(fs.readFileSync(name, "utf8"));
        const checked = (name, schema) => {
            const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
            formats(ajv);
            const isValid = ajv.compile(read(path.join(schemas, schema)));
            const document = read(path.join(out, name));
            return { document, errors: isValid(document) ? [] : isValid.errors };
        };
        return {
            manifest: checked("manifest.json", "MicrosoftTeams.schema.json"),
            chinese: checked("zh-cn.json", "MicrosoftTeams.Localization.schema.json"),
        };
    },
    /** typescript with @types/office-js and @types/custom-functions-runtime: what the scripts call is there, and takes that. */
    types({ files, roots }) {
        const ts = require("typescript");
        const options = {
            allowJs: true, checkJs: true, noEmit: true, strict: true, target: ts.ScriptTarget.ES2022,
            lib: ["lib.es2022.d.ts", "lib.dom.d.ts"], types: ["office-js", "custom-functions-runtime"], typeRoots: [roots],
        };
        const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
        return found.map((one) => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, " ")}`);
    },
};

const [check, given] = JSON.parse(fs.readFileSync(0, "utf8"));
Promise.resolve(checks[check](given)).then((found) => console.log(JSON.stringify(found)));
