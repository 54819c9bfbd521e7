# nixpkgs' trivial builders for commands, texts and scripts.
{
  bash,
  lib,
  stdenv,
}:
let
  inherit (builtins) baseNameOf;
  inherit (lib)
    concatStringsSep
    escapeShellArg
    fix
    makeBinPath
    mapAttrsToList
    optionalAttrs
    optionalString
    toShellVar
    ;

  runtimeShell = "${bash}/bin/bash";
in
fix (texts: {
  inherit runtimeShell;

  runCommand =
    name: attrs: buildCommand:
    stdenv.mkDerivation ({ inherit buildCommand name; } // attrs);
  runCommandLocal =
    name: attrs:
    texts.runCommand name (
      {
        preferLocalBuild = true;
        allowSubstitutes = false;
      }
      // attrs
    );

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      derivationArgs ? { },
      meta ? { },
      ...
    }:
    texts.runCommandLocal name
      (
        {
          inherit text;
          passAsFile = [ "text" ];
          meta =
            optionalAttrs (executable && destination != "") { mainProgram = baseNameOf destination; } // meta;
        }
        // derivationArgs
      )
      ''
        target=$out${escapeShellArg destination}
        mkdir -p "$(dirname "$target")"
        cp "$textPath" "$target"
        ${optionalString executable ''chmod +x "$target"''}
        ${checkPhase}
      '';

  writeText = name: text: texts.writeTextFile { inherit name text; };
  writeTextDir =
    path: text:
    texts.writeTextFile {
      name = baseNameOf path;
      inherit text;
      destination = "/${path}";
    };
  writeScript =
    name: text:
    texts.writeTextFile {
      inherit name text;
      executable = true;
    };
  writeScriptBin =
    name: text:
    texts.writeTextFile {
      inherit name text;
      executable = true;
      destination = "/bin/${name}";
    };
  writeShellScript =
    name: text:
    texts.writeTextFile {
      inherit name;
      text = "#!${runtimeShell}\n${text}\n";
      executable = true;
      checkPhase = texts.shellDryRun;
    };
  writeShellScriptBin =
    name: text:
    texts.writeTextFile {
      inherit name;
      text = "#!${runtimeShell}\n${text}\n";
      executable = true;
      destination = "/bin/${name}";
      checkPhase = texts.shellDryRun;
    };
  shellDryRun = ''${runtimeShell} -n -O extglob "$target"'';

  # nixpkgs runs shellcheck too; here bash alone reads the script.
  writeShellApplication =
    {
      name,
      text,
      runtimeInputs ? [ ],
      runtimeEnv ? { },
      inheritPath ? true,
      bashOptions ? [
        "errexit"
        "nounset"
        "pipefail"
      ],
      checkPhase ? texts.shellDryRun,
      derivationArgs ? { },
      meta ? { },
      ...
    }:
    texts.writeTextFile {
      inherit
        checkPhase
        derivationArgs
        meta
        name
        ;
      executable = true;
      destination = "/bin/${name}";
      text = concatStringsSep "\n" (
        [ "#!${runtimeShell}" ]
        ++ map (option: "set -o ${option}") bashOptions
        ++ mapAttrsToList (variable: value: "${toShellVar variable value}\nexport ${variable}") runtimeEnv
        ++ lib.optional (
          runtimeInputs != [ ]
        ) "export PATH=\"${makeBinPath runtimeInputs}${optionalString inheritPath ":$PATH"}\""
        ++ [
          text
          ""
        ]
      );
    };
})
