import { TEMPLATES } from './create/create';

export const HELP = `datamesh: write and publish widgets

  datamesh create <name> --team <team> [--template ${TEMPLATES.join('|')}] [--packages <folder>]
                                                   a project in a folder of that name; --packages: where the platform's .tgz files lie
  datamesh create <name> --team <team> --template wrap --from <package[@version], folder, .tgz or file.js> [--element <tag>]
                     [--module <file of the package>] [--export <class>] [--attribute <name>[:<type>][=<value>]]…
                     [--input <context>:<path>=<attribute or .property>]… [--output <event>:<path or .property>=<context>:<path>]…
                     [--content <html>] [--style <package/file.css>]… [--with <package>@<version>]…
                                                   an element that is there already, without any code: its attributes become settings,
                                                   as its Custom Elements Manifest has them; what is left open is asked for
  datamesh check [folder] [--no-browser]           all that publishing checks, without a registry; and mounts it in the Chromium that
                                                   is found (CHROMIUM_PATH, else on the path), under the dashboard's policies
  datamesh dev [folder] [--port 4300]              a workbench: settings, contexts, sizes, themes, the dashboard's policies; builds and
                                                   shows anew what is changed

  datamesh login [--url <url>]                     asks for a token, or reads it from its input, and keeps it for that address
  datamesh logout [--url <url>]
  datamesh pack <folder> [--out file.tgz]          what would be published, into a file
  datamesh publish <folder> [--promote <channel>]  publish a built remote; the same bytes again are no error
  datamesh promote <name>@<version> [--channel stable]
  datamesh deprecate <name>@<version> --reason <text>
  datamesh yank <name>@<version> --reason <text>   it resolves for nobody any more
  datamesh audit verify                            whether the registry's audit log is what was written
  datamesh files <folder> [--out files.json]       the list of files that a widget's own server shows its sidecar

  datamesh deployments <name>                      what runs in clusters, and what the channels give because of it
  datamesh uses <name> [--source <source>] [--setting <name> [--value <text>]]
                                                   in how many layouts the widget is, with that in one panel
  datamesh layouts pull [folder: layouts] [--department <department>] [--prefer mine|theirs | --force]
                                                   what a department pins, one file for each layout and layouts.json with their order;
                                                   what was changed here is merged, or is a conflict that says what it is about
  datamesh layouts push [folder: layouts] [--dry-run] [--message <text>] [--force]
                                                   what was changed here, as new revisions; refused where somebody changed the same on
                                                   the server since the pull, or where a widget is not there. Without --message that of
                                                   git's last commit. --dry-run says what would change: exit code 3, or 0 for nothing

  datamesh hold <name>@<channel> --reason <text> [--version <version>]
                                                   nothing moves the channel until the hold is lifted
  datamesh lift <name>@<channel>
  datamesh release <name>@<channel>                a channel whose Deployment is gone is moved by people again

  datamesh rollback <name>@<channel> --argocd <url> --reason <text> [--to <id>] [--application remote-<name>] [--timeout 300]
                                                   auto-sync off, Argo CD's rollback (to an entry of the application's history, else
                                                   the last one of another commit), a hold when its pods are ready; says what remains
  datamesh resume <name>@<channel> --argocd <url> [--application remote-<name>]
                                                   after the bad commit was reverted: auto-sync on, the hold lifted

  datamesh deploy init <folder or widget> --image <host/name[@sha256:…]> --platform <git address?ref=…>
                     [--team <team>] [--environments local,staging,production] [--out k8s] [--force]
                                                   what Argo CD deploys: k8s/remotes/<widget>/, for the team's own repository

  datamesh trust list --team <team>                what pods and CI jobs may do in the team's name
  datamesh trust add --team <team> --issuer <url> --subject <pattern> --may <publish,register,promote,annotate>
                     [--widget <name>] [--channels <stable,…>] [--claim <path>=<pattern>]…
                                                   * is any run of characters but : and /, ** any run at all
  datamesh trust remove <id>

  --url    where the dashboard or the registry answers (DATAMESH_URL, else where you logged in last, else http://localhost:4000)
  The token comes from DATAMESH_TOKEN or from "datamesh login": a publish token of the owning team, dmp_…; for "layouts" one for
  the department's layouts, dml_…; for "audit verify" the secret in bootstrap.json, dmb_…. With --token it stands in the shell's history, and everybody on the machine can read it.
  --argocd  where argocd-server answers (ARGOCD_SERVER); its token comes from ARGOCD_AUTH_TOKEN, of an account that may get, sync and
            update the application

Exit codes: 0 done, 3 what a dry run found would be changed, 1 refused, failed, or an audit log that is broken (\`code: detail\` on stderr), 2 wrong command line.
`;
