// The AWS Toolkit validates definitions, too. One of the two is enough.

import * as vscode from "vscode";

/** The language ids under which the AWS Toolkit validates definitions. */
const TOOLKIT_LANGUAGES = ["asl", "asl-yaml"];

/** Opens the files that the Toolkit would validate as plain JSON and YAML in this workspace, if the setting asks for it. */
export async function disableToolkitValidation(): Promise<boolean> {
  if (!vscode.workspace.getConfiguration("asl").get<boolean>("disableToolkitValidation")) {
    return false;
  }
  const files = vscode.workspace.getConfiguration("files");
  const associations: Record<string, string> = { ...files.get<Record<string, string>>("associations") };
  const wanted: Record<string, string> = {
    "*.asl": "json",
    "*.asl.json": "json",
    "*.asl.yaml": "yaml",
    "*.asl.yml": "yaml",
  };
  const isSet = Object.entries(wanted).every(([glob, language]) => associations[glob] === language);
  const hasToolkit = Object.values(associations).some((language) => TOOLKIT_LANGUAGES.includes(language));
  if (isSet && !hasToolkit) {
    return false;
  }
  await files.update("associations", { ...associations, ...wanted }, vscode.ConfigurationTarget.Workspace);
  return true;
}
