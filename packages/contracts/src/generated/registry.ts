// Generated from registry.openapi.yaml by npm run generate.
export interface paths {
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what this instance offers. */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Starts OpenID Connect sign-in (PKCE); `return_to` is a path of this origin. */
        get: operations["signIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The issuer sends the browser back here. */
        get: operations["signInCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session and its event streams; clears the cookie. */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/back-channel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** For the issuer alone (OpenID Connect Back-Channel Logout 1.0): somebody has signed out elsewhere. Ends the sessions that the signed token names and that began before it was made, with their event streams. 400 logout_token_invalid says what is wrong with the token; 503 may be sent again. */
        post: operations["backChannelLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/tokens/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's way to a token, for a browser's window and nothing else: without Sec-Fetch-Mode navigate and Sec-Fetch-Dest document it is 403 navigation_required. With a name, and the team whose widgets it publishes or the department whose layouts it keeps (400 `token_scope` for both): a sign-in for this one token, after which the callback answers with a page that shows the secret once. Otherwise: a form. */
        get: operations["newTokenPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's tokens (all, for admins), each with when it was used last and a button that revokes it. For a browser's window and nothing else (403 navigation_required): a sign-in for this page, after which the callback answers with it; with `token` it shows that one alone. The page is sandboxed. */
        get: operations["tokenListPage"];
        put?: never;
        /** The form of that page. The ticket in it is good for ten minutes and opens nothing else. */
        post: operations["revokeTokenByPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's way to have their visits to an account site of the tracker forgotten; with `user` somebody else's, for admins. For a browser's window and nothing else (403 navigation_required): a sign-in for it, then a sandboxed page that asks whether it is meant. */
        get: operations["erasurePage"];
        put?: never;
        /** The form of that page. The ticket in it is good for ten minutes and opens nothing else. */
        post: operations["eraseByPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's tokens (all for admins), never their secrets. */
        get: operations["listTokens"];
        put?: never;
        /**
         * A token for one team, which publishes its widgets (`dmp_…`), or for one department, which keeps its layouts (`dml_…`): just one of the two (400 `token_scope`). Needs the bootstrap secret as bearer token; a session gets 403 fresh_sign_in_required, for people go to /session/tokens/new.
         * @description With a token for a department one reads and saves the layouts that its power users may edit, and says which of them it pins, in which order: `getPin`,
         *     `pinLayout`, `unpinLayout`, `getLayout`, `saveLayout`, `getRevision`, and what every token may ask about widgets. Nothing else of layouts: it neither shares nor deletes them.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Needs the bootstrap secret as bearer token; a session gets 403 fresh_sign_in_required, for people go to /session/tokens. */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Departments the caller belongs to (all for admins), with their pinned layouts. */
        get: operations["listDepartments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
            };
            cookie?: never;
        };
        get?: never;
        /** Creates or renames a department. Admins, or the bootstrap secret. */
        put: operations["putDepartment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pins/{department}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
            };
            cookie?: never;
        };
        /** The layouts that a department pins, in their order, and one of them. One round trip for the casual view with `include=layout,resolution`. */
        get: operations["getPin"];
        /** Makes a layout the home of the department, in the place of the one that was, which is no longer pinned. Admins, power users of the department, or the bootstrap secret; the layout must be visible to the department. */
        put: operations["putPin"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pins/{department}/{layout}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Pins a layout beside the others (nine at most, 422 `pins_full`), moves it among them, or makes it the home. By those who may `putPin`.
         * @description An empty body pins it as the last one; one that is pinned already keeps its place. The first one that a department pins is its
         *     home. What others pin at the same moment stays: a call says what is to change, not the whole list.
         */
        put: operations["pinLayout"];
        post?: never;
        /** Takes a layout from those that the department pins. Where it was the home, the first of the others is. By those who may `putPin`. */
        delete: operations["unpinLayout"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The marketplace. Each word of `q` is a part of a word of the name, the title, the publisher or a category, or the beginning of a word of the description. */
        get: operations["listWidgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
            };
            cookie?: never;
        };
        /** A widget with its versions and channels. */
        get: operations["getWidget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        /** A version with its files, also one that was withdrawn. */
        get: operations["getVersion"];
        /** Publishes one gzip tarball holding package.json, widget.json, dist/** and media named by widget.json, atomically. Same bytes again: 200. Other bytes under a published version: 409 version_exists. A new name that is easily taken for another team's: 409 name_lookalike. A singleton that the page's copy of a library does not satisfy: 422 shared_out_of_range, or a warning, as the instance is set (SHARED_MISMATCH). Needs a publish token of the owning team. */
        put: operations["publishVersion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/versions/{version}/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It still resolves, with a notice that open panels show within seconds. Publish token of the owner. */
        post: operations["deprecateVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/versions/{version}/yank": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It resolves for nobody; open panels move off it at once. Publish token of the owner. */
        post: operations["yankVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/channels/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        get?: never;
        /** Points a channel at a published version. `latest` is moved by publishing only (422 channel_reserved): the highest version that is neither yanked nor a prerelease, or the highest prerelease of a widget that has nothing else. When a channel's version is yanked, the channel gives what it was promoted to before. 409 `channel_cluster_owned`: what runs in a cluster moves it; 409 `channel_held`: somebody froze it. Publish token of the owner, or a workload that it trusts. */
        put: operations["promote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/channels/{channel}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        get?: never;
        /** Freezes a channel, at the version that it gives or at the one named: neither a promote nor what runs in a cluster moves it until the hold is lifted, so that a bad commit that is synced again cannot come back unnoticed. Publish token of the owner, a workload that the owner trusts to promote there, the bootstrap secret, or who is signed in as a member of the owning team or as an admin; who is signed in holds only at versions that the channel has given (403 `version_never_given`), as widgets run in their page. `latest` follows publishing and cannot be held (422 `channel_reserved`). A second hold replaces the first. */
        put: operations["holdChannel"];
        post?: never;
        /** The channel moves again; one that a cluster owns goes at once to what runs. For whoever may hold it. Lifting a hold that is not there changes nothing. */
        delete: operations["liftHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/channels/{channel}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gives a channel that a cluster moved back to people, once nothing of its Deployment runs any more (409 `channel_in_use`). Publish token of the owner, or the bootstrap secret. */
        delete: operations["releaseChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
            };
            cookie?: never;
        };
        /** What moved the widget's channels, who and why, newest first: from the audit log, for members and publish tokens of the widget's team, and admins. */
        get: operations["listChannelMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widgets/{name}/open-dashboards": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
            };
            cookie?: never;
        };
        /** In how many open dashboards (pages in a browser) each version of the widget runs right now, over all replicas. Nothing is kept of whose they are. Members and publish tokens of the widget's team, and admins. */
        get: operations["countOpenDashboards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open-dashboards/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Minted by the page when it is loaded */
                page: components["parameters"]["PageId"];
            };
            cookie?: never;
        };
        get?: never;
        /** What an open dashboard runs: sent by the page itself as it changes, and every `againSeconds`; after three times that without a word it counts as closed. For people who are signed in. */
        put: operations["reportOpenDashboard"];
        post?: never;
        /** The page is left. Again, or for one that never was, is the same. */
        delete: operations["closeOpenDashboard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs where, since when. Members and publish tokens of the widget's team, and admins. */
        get: operations["listDeployments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deployments/{lease}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lease: components["parameters"]["LeaseId"];
            };
            cookie?: never;
        };
        get?: never;
        /** A running pod's lease, made or renewed, every `beatSeconds`. After 15 s without one it is unhealthy, after 30 s dropped; times when the registry or its store was away do not count. The channel gives the version of the highest revision with a ready lease that is not draining. For workloads that the widget's team trusts to register on the channel. 410 `lease_gone`: it ended, take another id; 409 `revision_backwards`, `revision_conflict`, `lease_foreign`; 404 `version_unknown`; 409 `version_yanked`. */
        put: operations["heartbeat"];
        post?: never;
        /** Goodbye of the workload that holds it. Again, or for one that never was, is the same; a heartbeat that comes later is told 410. */
        delete: operations["endLease"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/syncs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What Argo CD or the like has brought to a cluster, for the history of a widget's channels: moves of them that follow from it say its commit. It moves nothing. The same again changes nothing. For workloads that the widget's team trusts to annotate, and its publish tokens. */
        post: operations["reportSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trusts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a team lets workloads (pods, CI jobs) do in its name. Publish token of the team, or the bootstrap secret. */
        get: operations["listTrusts"];
        put?: never;
        /** Publish token of the team, or the bootstrap secret; never a session, as widgets run in its page. 422 `issuer_unknown` where the instance does not know the issuer (WORKLOAD_ISSUERS); 409 `too_many_trusts`. */
        post: operations["addTrust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trusts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** What the workload may do in the name of the team ends at once. */
        delete: operations["removeTrust"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Specs such as `series-chart@stable`, `@^1.2`, `@1.4.0` to loadable versions, in the order asked. */
        post: operations["resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Layouts the caller may see, most recently updated first or by title. */
        get: operations["listLayouts"];
        put?: never;
        /** A layout of the caller's own. With whom it may be shared is a rule of the instance: 403 `sharing_too_wide` (roles that may share with people, departments, the company), `department_not_yours`. */
        post: operations["createLayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People by the beginnings of the words of their names, for whoever may share with people (403 `sharing_too_wide`): at most ten of those who signed in during the last 400 days, by name. The caller is not among them, and there is no second page. Asked at most `LIMIT_PEOPLE` times a minute by one person (429 `rate_limited`). */
        get: operations["findPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who has signed in, as they were the last time, by name; admins only. `q` finds by the beginnings of the words of their names. */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks for access to layouts of the caller's own (for admins also of the set-up), and has neither an answer nor what they ask for in another way; the oldest first. A question is kept for 30 days. */
        get: operations["listAccessRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-requests/{request}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request: string;
            };
            cookie?: never;
        };
        get?: never;
        /** The owner's answer. With `view` and `edit` the layout is shared with that person (a revision, as by `PUT …/sharing`, by the same rules); with `decline` nobody is told, and the same person can ask for this layout again in seven days. */
        put: operations["answerAccessRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layout-titles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people call layouts and their panels, by the layouts' ids: for whoever shows figures about them. What the caller may not see, or what is gone, is left out. */
        get: operations["listLayoutTitles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holding-layouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which layouts hold a widget, a data source, a setting: those of which one panel fits all that is asked (400 `nothing_asked` without any, or for a value without its setting). What a panel does not set itself is not found in it, as a source that its widget takes by default: ask for the widget. For members and publish tokens of the team of the `widget` that is asked for (403 `team_mismatch`), and for admins (403 `role_required`). `total` counts all but those in the bin; `items` are those of them that the caller may see, most recently updated first: none for a token. */
        get: operations["findHoldingLayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        /** The layout with the caller's own settings; with `include=resolution` also what its widgets resolve to, with `include=lineage` what was copied from what. Its 404 says in `requestedAt` since when the caller has asked for access, whether or not there is such a layout. */
        get: operations["getLayout"];
        /** A new revision. Needs `If-Match` with the revision it was made from (428 `if_match_required` without); a stale one gets 412 `revision_stale` with the current layout as `current`. */
        put: operations["saveLayout"];
        post?: never;
        /** Into the bin, by its owner or an admin; refused (409 layout_pinned) while a department pins it. For 30 days they can restore it, with its history, sharing and stars; whoever could see it gets 410 `layout_binned` with `binned` (when, by whom, until when, whether the caller may restore it). With `forever` what is in the bin goes at once (409 `layout_not_binned` where it is not in the bin). */
        delete: operations["deleteLayout"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Out of the bin, as it was, by its owner or an admin (403 `delete_not_allowed`); 409 `layout_not_binned` where it is not there. */
        post: operations["restoreLayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/star": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        /** The caller's own mark by which they find it again; nobody else sees it. At most 200 (409 `stars_full`). */
        put: operations["starLayout"];
        post?: never;
        /** Also of a layout that the caller starred and no longer sees. */
        delete: operations["unstarLayout"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/opened": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        /** The caller looks at it now; the last 50 are kept for them (`scope=recent`), nobody else sees them. */
        put: operations["noteOpened"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/presence/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                /** @description Minted by the page when it is loaded */
                page: components["parameters"]["PageId"];
            };
            cookie?: never;
        };
        get?: never;
        /** The caller's page shows this layout now, and no other: sent by the page as that changes, when `presence.changed` names the layout, and every `againSeconds`; after three times that without a word it counts as closed. Answers with who else has the layout open. For people who may see the layout; of whoever may not edit it, `editing` and `panel` are not taken. Of one person the 20 pages that were last heard of are kept. */
        put: operations["reportPresence"];
        post?: never;
        /** The page does not show this layout any more. Again, or where it shows another one by now, is the same. */
        delete: operations["endPresence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A private copy of the caller's own with lineage in `forkedFrom`; the caller's overlay ("mine") and, when given, unsaved content are folded in. */
        post: operations["cloneLayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/access": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        /** Who has access and why, and how the caller may share it. For whoever may edit the layout (403 `access_not_shown`). */
        get: operations["getLayoutAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        /** Says who sees the layout and leaves what is in it as it is: a new revision, at once on open pages. Its owner and admins (403 `sharing_not_allowed`), within the instance's rule (403 `sharing_too_wide`, `department_not_yours`). `If-Match` as for a save. */
        put: operations["shareLayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the layout's owner for access. Always 202: it says neither whether there is such a layout, nor whether its owner has declined before. One request by each person for each layout, a later one takes its place; at most 20 of one person wait (409 `access_requests_waiting`), and 50 for one layout, of which the oldest makes room. */
        post: operations["requestAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/upstream": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        /** What this layout was copied from, as it is now, and as it was when the copy last took it in: the two that a three-way merge needs beside the copy. For whoever may edit the copy and see the original; 404 `upstream_unknown` where there is none, or it is not shared with the caller. */
        get: operations["getUpstream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/pull": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new revision that takes in its original up to `revision`: what came out of the merge, as `content`. `forkedFrom` moves there, so that the next pull begins from it. An earlier `revision` with the former content undoes a pull. Title and sharing stay the copy's own. */
        post: operations["pullLayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        /** The history, for whoever may edit the layout (403 `history_not_allowed`), as a revision may be from when it was shared with fewer people. */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/revisions/{revision}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                revision: number;
            };
            cookie?: never;
        };
        /** For whoever may edit the layout (403 `history_not_allowed`). */
        get: operations["getRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/revisions/{revision}/name": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                revision: number;
            };
            cookie?: never;
        };
        get?: never;
        /** Gives a revision a name by which people find it again; null takes it away. For whoever may edit the layout; at most 100 of a layout have one (409 `revision_names_full`). */
        put: operations["nameRevision"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layouts/{layout}/mine": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        get?: never;
        /** The caller's own settings over a layout that they only view; replaces the former. */
        put: operations["putMine"];
        post?: never;
        /** Takes the caller's own settings away. */
        delete: operations["deleteMine"];
        options?: never;
        head?: never;
        /** Sets these of the caller's own settings and leaves the others as they are: also those that another page of theirs sets at the same moment. Of one and the same setting the later write holds. Settings of panels that the layout no longer has go. */
        patch: operations["changeMine"];
        trace?: never;
    };
    "/layouts/{layout}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        /** The caller's unsaved edits. Asked at every opening of a layout that one may edit, so that there are none is no error. */
        get: operations["getDraft"];
        /** Keeps the caller's unsaved edits. With `If-Match` in place of just that state, with `If-None-Match: *` where there is none: 412 `draft_stale` where another page of theirs has kept, saved or discarded one in between; take it in (`GET`) and keep both. Without either it takes the place of whatever is there. */
        put: operations["putDraft"];
        post?: never;
        /** With `If-Match` only that state of it (412 `draft_stale`). */
        delete: operations["deleteDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what to what, newest first by when it was done; admins only. Entries are hash-chained.
         * @description All filters that are given must hold. One answer looks at 5,000 entries at most: it may have fewer than `limit` items, or none, and a `next` that goes on from there; `lookedBackTo` says how far it got.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings that this process was started with, as they are; admins only. Never a secret, never JSON. */
        get: operations["readSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the audit log is whole; admins only. What was found last; where that is older than a minute, the log is read again behind this answer. Also verified at every start and every six hours: a broken log is logged as an error, `registry_audit_broken` is 1, and admins are told in the dashboard, whose pages hear of another finding than before by the event `audit.verified`. */
        get: operations["readAuditVerification"];
        put?: never;
        /** Reads the whole audit log now, in pieces between which others have their turn, about a second per 100,000 entries. Admins, and the bootstrap secret (`datamesh audit verify`). With `wait=false` it only begins: what was found before is answered, and `GET` says how far it is. */
        post: operations["verifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events, each `id` a gapless sequence number, each `data` a RegistryEvent; a comment every 15 s. `Last-Event-ID` (or `after`) replays what was missed, as far back as the last 10,000 events of the last seven days; who was away for longer, or asks after a number that never was, gets an event of the type `reset` and reads everything anew. A new stream starts with an `id` alone: where it stands. Ends with the session. */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Where the choices of a setting come from. They are an offer, no rule; the schema beside it still says which values hold. */
        OptionsFrom: {
            /**
             * @description `sources`: data sources that the viewer may read, such as `markets`; `tables`: tables in them, such as `markets/instruments.json`; `columns`: ids of the columns of the table that the setting `of` names; `orders`: those, and with a minus in front for descending; `context-types`: what this widget and those of the layout say or hear; `sites`: sites of the tracker that the viewer may see.
             * @enum {string}
             */
            from: "sources" | "tables" | "columns" | "orders" | "context-types" | "sites";
            /** @description With `columns` and `orders`: the string setting of the same widget that holds the path of the table */
            of?: string;
        };
        Slug: string;
        WidgetName: string;
        Semver: string;
        /** @description name@channel, name@range or name@version */
        WidgetSpec: string;
        LayoutId: string;
        /**
         * Format: title
         * @description format title: the rule for every title, packages/contracts/src/titles.ts
         */
        LayoutTitle: string;
        PanelId: string;
        /** @enum {string} */
        Channel: "red" | "orange" | "yellow" | "green" | "cyan" | "blue" | "magenta" | "purple";
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Stable, e.g. version_exists, name_owned, revision_stale, session_unknown */
            code: string;
            detail?: string;
            requestId?: string;
            errors?: {
                path: string;
                message: string;
            }[];
        };
        User: {
            id: string;
            name: string;
            email?: string;
            roles: ("viewer" | "power-user" | "publisher" | "admin")[];
            departments: string[];
            teams: string[];
        };
        SignedOut: {
            /**
             * Format: uri
             * @description At the issuer (OpenID Connect RP-Initiated Logout 1.0), which sends the browser back to `/`
             */
            endSessionUrl: string;
        };
        Session: {
            user: components["schemas"]["User"];
            departments: components["schemas"]["Department"][];
            /** Format: date-time */
            authenticatedAt: string;
        };
        Department: {
            id: string;
            title: string;
            /** @description The home among its pinned layouts */
            layout: string | null;
            /** @description Its pinned layouts, in their order */
            layouts: components["schemas"]["LayoutId"][];
        };
        Token: {
            id: string;
            name: string;
            /**
             * @description publish: in the name of `team`; layouts: those of `department`
             * @enum {string}
             */
            scope: "publish" | "layouts";
            team: string | null;
            department: string | null;
            createdAt: string;
            expiresAt: string;
            createdBy: string;
            lastUsedAt?: string | null;
        };
        /**
         * widget.json
         * @description Stands beside package.json in a remote; the version is package.json's.
         */
        WidgetManifest: {
            $schema?: string;
            name: components["schemas"]["WidgetName"];
            /** Format: title */
            title: string;
            description: string;
            publisher: components["schemas"]["Slug"];
            categories?: string[];
            icon?: components["schemas"]["MediaPath"];
            screenshots?: {
                src: components["schemas"]["MediaPath"];
                /** Format: title */
                label: string;
            }[];
            expose: string;
            element?: components["schemas"]["ElementName"];
            listensFor?: components["schemas"]["ContextType"][];
            broadcasts?: components["schemas"]["ContextType"][];
            intents?: {
                name: string;
                contexts: components["schemas"]["ContextType"][];
            }[];
            /** @description JSON Schema 2020-12 of an object; defaults come from it. Property names match [a-z][a-z0-9-]* and are never on…, style, class, id, slot, is, title, part or data-theme. A string setting, or the string items of an array, may say with `x-options` where its choices come from. */
            settings?: {
                properties?: {
                    [key: string]: {
                        "x-options"?: components["schemas"]["OptionsFrom"];
                        items?: {
                            "x-options"?: components["schemas"]["OptionsFrom"];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            } & {
                [key: string]: unknown;
            };
            bindings?: {
                inputs?: components["schemas"]["InputBinding"][];
                outputs?: components["schemas"]["OutputBinding"][];
            };
            /** @description Contexts to show it with before it is added, and on the workbench; for a type that it takes and that is not among them, one is made up. */
            samples?: components["schemas"]["Context"][];
            size?: {
                min?: components["schemas"]["Size"];
                preferred?: components["schemas"]["Size"];
            };
            sources?: components["schemas"]["Slug"][];
            license?: string;
            homepage?: components["schemas"]["Link"];
            repository?: components["schemas"]["Link"];
        };
        /** @description Tag of a custom element that the code of the widget defines by itself; without it the default export of `expose` is the class of the element. */
        ElementName: string;
        MediaPath: string;
        ContextType: string;
        /** @description A context that arrives sets an attribute or a property of the element: to a part of the context, or to a constant. */
        InputBinding: {
            context: components["schemas"]["ContextType"];
            take?: components["schemas"]["TakePath"];
            value?: components["schemas"]["BindingConstant"];
            attribute?: components["schemas"]["AttributeName"];
            property?: components["schemas"]["PropertyName"];
        } & ((unknown | unknown) & (unknown | unknown));
        /** @description An event of the element becomes a context: with a part of the event, a property of the element as it is then, or a constant. */
        OutputBinding: {
            event: string;
            take?: components["schemas"]["TakePath"];
            property?: components["schemas"]["PropertyName"];
            value?: components["schemas"]["BindingConstant"];
            context: components["schemas"]["ContextType"];
            as: components["schemas"]["ContextPath"];
        } & (unknown | unknown | unknown);
        BindingConstant: string | number | boolean;
        PropertyName: string;
        /** @description Numbers are places in lists: detail.0 */
        TakePath: string;
        ContextPath: string;
        AttributeName: string;
        Size: number[];
        /** @description An https address as it travels: other letters are encoded */
        Link: string;
        WidgetSummary: {
            name: string;
            title: string;
            description: string;
            publisher: string;
            categories: string[];
            /** @description The one that an added panel would run: stable, else latest */
            version: string;
            channels: {
                [key: string]: string;
            };
            /** @description Absolute path */
            icon: string | null;
            screenshots: {
                src: string;
                label: string;
            }[];
            size?: {
                min?: components["schemas"]["Size"];
                preferred?: components["schemas"]["Size"];
            };
            /** @description Types of contexts that it takes, by its listensFor, the inputs of its bindings and its intents */
            listensFor: string[];
            /** @description Types of contexts that it gives, by its broadcasts and the outputs of its bindings */
            broadcasts: string[];
            /** @description How many layouts use it */
            layouts: number;
            deprecated?: boolean;
        };
        WidgetDetail: components["schemas"]["WidgetSummary"] & {
            /** @description Channels that a cluster moves or that are held */
            channelStates: {
                [key: string]: components["schemas"]["ChannelState"];
            };
            widget: components["schemas"]["WidgetManifest"];
            versions: components["schemas"]["VersionSummary"][];
        };
        Deployment: {
            uid: string;
            name: string;
            namespace: string;
            cluster: string | null;
        };
        ChannelState: {
            /** @description What it gives; null: nothing */
            version: string | null;
            owner: {
                uid: string;
                name: string;
                namespace: string;
                cluster: string | null;
                revision: number;
                version: string;
                /** Format: date-time */
                at: string;
                sync?: components["schemas"]["Sync"];
            } | null;
            hold: {
                version: string;
                reason: string;
                /** @description As the audit log keeps who it was: user:<id>, token:<id>, workload:<issuer>#<subject> */
                by: string;
                /** @description The name of a person who was signed in */
                byName?: string;
                /** Format: date-time */
                at: string;
            } | null;
        };
        Pod: {
            uid: string;
            name: string;
        };
        Heartbeat: {
            widget: components["schemas"]["WidgetName"];
            version: components["schemas"]["Semver"];
            channel: components["schemas"]["Slug"];
            deployment: components["schemas"]["Deployment"];
            /** @description deployment.kubernetes.io/revision of the pod's ReplicaSet */
            revision: number;
            pod: components["schemas"]["Pod"];
            ready: boolean;
            draining: boolean;
        };
        LeaseAnswer: {
            lease: string;
            /**
             * @description active: browsers get this version because of it; waiting: a higher revision is active; held: the channel is frozen at another version; foreign: another Deployment owns the channel
             * @enum {string}
             */
            state: "active" | "waiting" | "held" | "foreign" | "draining" | "not-ready";
            channel: {
                name: string;
                version: string | null;
            };
            beatSeconds: number;
            /** @description A sentence for the pod's log */
            detail: string;
        };
        Lease: {
            id: string;
            widget: string;
            version: string;
            channel: string;
            deployment: components["schemas"]["Deployment"];
            revision: number;
            pod: components["schemas"]["Pod"];
            ready: boolean;
            draining: boolean;
            /** @enum {string} */
            health: "healthy" | "unhealthy";
            /** @description The workload: <issuer>#<subject> */
            holder: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            beatAt: string;
        };
        ChannelMove: {
            /** @description Of the entry in the audit log */
            seq: number;
            /** Format: date-time */
            at: string;
            /**
             * @description follow: what runs in a cluster moved it; sync: of which commit that is, where it was told after the move; release: a channel that a cluster moved was given back to people; yank: a version was withdrawn, and channels that gave it fell back
             * @enum {string}
             */
            what: "promote" | "follow" | "sync" | "hold" | "lift" | "release" | "yank";
            /** @description null with yank: each channel that gave the version */
            channel: string | null;
            /** @description That it gave from then on, or that was withdrawn; null with lift and release */
            version: string | null;
            by: {
                /** @enum {string} */
                kind: "person" | "token" | "workload" | "system";
                /** @description A person's name, the id of a publish token, the subject of a workload */
                name: string;
            };
            reason: string | null;
            /** @description With follow and sync: the Deployment that runs it, and how things were when it moved the channel, as far as that was known */
            deployment: {
                name: string;
                namespace: string;
                cluster: string | null;
                revision: number;
                sync?: components["schemas"]["Sync"];
                pods?: components["schemas"]["PodCount"];
                /** @description The digest under which the version was published: of all its files */
                integrity?: string;
                /** @description That ran the widget at that moment */
                openDashboards?: {
                    version: string;
                    dashboards: number;
                }[];
            } | null;
        };
        PodCount: {
            ready: number;
            /** @description That the registry has heard of */
            all: number;
        };
        Sync: {
            application: string;
            revision: string;
            by: string | null;
            author: string | null;
            /** Format: date-time */
            startedAt: string;
        };
        ReportedSync: {
            widget: components["schemas"]["WidgetName"];
            application: string;
            /** @description The commit */
            revision: string;
            /** @description Who asked for it; null: nobody, it follows git by itself */
            by: string | null;
            /** @description Of the commit. An address in angle brackets behind the name is not kept */
            author: string | null;
            /** Format: date-time */
            startedAt: string;
            cluster?: string | null;
            deployments: {
                namespace: string;
                name: string;
            }[];
        };
        /**
         * @description What a workload may do in its team's name
         * @enum {string}
         */
        WorkloadAction: "publish" | "register" | "promote" | "annotate";
        NewTrust: {
            team: components["schemas"]["Slug"];
            /** @description null or absent: each widget of the team */
            widget?: components["schemas"]["WidgetName"] | null;
            issuer: string;
            /** @description A pattern: * is any run of characters but : and /, ** any run at all */
            subject: string;
            /** @description Patterns of further claims by their path, such as kubernetes.io.namespace */
            claims?: {
                [key: string]: string;
            };
            may: components["schemas"]["WorkloadAction"][];
            /** @description That register and promote may move; absent: stable */
            channels?: components["schemas"]["Slug"][];
        };
        Trust: {
            id: string;
            team: string;
            widget: string | null;
            issuer: string;
            subject: string;
            claims: {
                [key: string]: string;
            };
            may: components["schemas"]["WorkloadAction"][];
            channels: string[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
        };
        VersionSummary: {
            version: string;
            publishedAt: string;
            publishedBy: string;
            deprecated: string | null;
            yanked: string | null;
            bytes: number;
        };
        VersionDetail: components["schemas"]["VersionSummary"] & {
            name: string;
            base: string;
            entry: string;
            expose: string;
            widget: components["schemas"]["WidgetManifest"];
            files: {
                path: string;
                integrity: string;
                bytes: number;
            }[];
        };
        PublishedVersion: components["schemas"]["VersionDetail"] & {
            /** @description What the version shares otherwise than the page offers it, in the order of its manifest */
            warnings: {
                /** @enum {string} */
                code: "shared_out_of_range" | "shared_own_copy" | "shared_eager" | "shared_not_offered";
                /** @description What is found and what to do, as a sentence */
                detail: string;
            }[];
        };
        Resolution: {
            spec: string;
            name: string;
            version: string;
            /** @description Absolute path with a slash at the end; never changes for a version */
            base: string;
            /** @description Path below base: dist/remoteEntry.mjs */
            entry: string;
            expose: string;
            /** @description Path below base -> sha384-…, for every script file of the version */
            integrity: {
                [key: string]: string;
            };
            /** @description Paths below base, of scripts that mounting needs beside the entry: whoever loads the widget may ask for all at once. Empty where nothing is known; absent in answers that a page kept from before */
            preload?: string[];
            widget: components["schemas"]["WidgetManifest"];
            notices: {
                /** @enum {string} */
                code: "deprecated";
                text: string;
            }[];
        };
        ResolutionFailure: {
            spec: string;
            /** @description What people call the widget; absent where the registry knows none of this name */
            title?: string;
            error: {
                /** @enum {string} */
                code: "widget_unknown" | "version_unknown" | "version_yanked" | "spec_invalid";
                detail: string;
                /** @description version_yanked: why its publisher withdrew it, in their own words */
                reason?: string;
                instead?: components["schemas"]["LiveVersions"];
            };
        };
        /** @description What can be used instead of what was asked for */
        LiveVersions: {
            /** @description The live version nearest to the withdrawn one, or to the newest of several: the highest below it within its major, else the lowest above it within its major, else the highest below, else the lowest above; releases before prereleases */
            nearest: string | null;
            /** @description What the channel `stable` gives */
            stable: string | null;
        };
        ResolutionItem: components["schemas"]["Resolution"] | components["schemas"]["ResolutionFailure"];
        StackNode: {
            /** @constant */
            type: "stack";
            active: number;
            panels: components["schemas"]["PanelId"][];
        };
        SplitNode: {
            /** @enum {string} */
            type: "row" | "column";
            children: {
                size: number;
                node: components["schemas"]["LayoutNode"];
            }[];
        };
        LayoutNode: components["schemas"]["StackNode"] | components["schemas"]["SplitNode"];
        Panel: {
            widget: components["schemas"]["WidgetSpec"];
            /** Format: title */
            title?: string | null;
            settings?: {
                [key: string]: unknown;
            };
            /**
             * @description null or absent: the layout's defaultChannel
             * @enum {string|null}
             */
            channel?: "red" | "orange" | "yellow" | "green" | "cyan" | "blue" | "magenta" | "purple" | "none" | null;
            /** @enum {string} */
            direction?: "both" | "send" | "receive";
            /** @description Wires that end at this panel */
            bindings?: components["schemas"]["PanelBinding"][];
        };
        /** @description A wire: what another panel of the layout says (on whatever channel it is; a private one is heard by nobody else), or an event that its element fires, sets a setting or an attribute of this one. A list or an object becomes JSON text in an attribute. What is set so is stored nowhere: it goes over the settings of the layout and of the viewer for as long as the page is open. */
        PanelBinding: {
            from: components["schemas"]["PanelId"];
            context?: components["schemas"]["ContextType"];
            /** @description What is taken from it begins with detail, or is value or checked of the element */
            event?: string;
            take: components["schemas"]["TakePath"];
            setting?: components["schemas"]["AttributeName"];
            attribute?: components["schemas"]["AttributeName"];
        } & ((unknown | unknown) & (unknown | unknown));
        Context: {
            type: components["schemas"]["ContextType"];
        } & {
            [key: string]: unknown;
        };
        /**
         * layout
         * @description What a person edits. Our own model, never golden-layout's.
         */
        LayoutContent: {
            title: components["schemas"]["LayoutTitle"];
            department?: components["schemas"]["Slug"] | null;
            /** @enum {string} */
            visibility?: "private" | "department" | "company";
            grants?: {
                to: string;
                /** @enum {string} */
                may: "view" | "edit";
            }[];
            tree: components["schemas"]["LayoutNode"];
            panels: {
                [key: string]: components["schemas"]["Panel"];
            };
            /** @enum {string|null} */
            defaultChannel?: "red" | "orange" | "yellow" | "green" | "cyan" | "blue" | "magenta" | "purple" | null;
            filters?: {
                context: components["schemas"]["Context"];
            }[];
            /** @description Kept with the revision */
            message?: string;
        };
        /**
         * layout file
         * @description A layout as a file, by which it gets from one instance to another. With whom it is shared stays behind.
         */
        LayoutFile: {
            $schema?: string;
            /** @constant */
            kind: "datamesh.layout";
            /**
             * @description Of this format
             * @constant
             */
            version: 1;
            layout: components["schemas"]["LayoutContent"];
        };
        /**
         * layouts index
         * @description `layouts.json` beside the files of what a department pins, as `datamesh layouts` keeps them in a folder. The order of `layouts` is the order in which they are pinned.
         */
        LayoutsIndex: {
            $schema?: string;
            /** @constant */
            kind: "datamesh.layouts";
            /**
             * @description Of this format
             * @constant
             */
            version: 1;
            department: components["schemas"]["Slug"];
            /** @description Which of them is opened first; null where there is none */
            home: components["schemas"]["LayoutId"] | null;
            layouts: {
                file: components["schemas"]["LayoutFileName"];
                id: components["schemas"]["LayoutId"];
                /** @description That the file was pulled from or pushed as */
                revision: number;
            }[];
            /** @description What the department pinned then; only pull and push write it */
            pulled: {
                home: components["schemas"]["LayoutId"] | null;
                layouts: components["schemas"]["LayoutId"][];
            };
        };
        /** @description In the folder itself */
        LayoutFileName: string;
        /**
         * panels
         * @description Panels of a layout with how they stand to each other, by which they get through the clipboard into any layout.
         */
        PanelsFile: {
            /** @constant */
            kind: "datamesh.panels";
            /**
             * @description Of this format
             * @constant
             */
            version: 1;
            /** @description Id of the layout that they were copied from */
            layout?: string;
            tree: components["schemas"]["LayoutNode"];
            panels: {
                [key: string]: components["schemas"]["Panel"];
            };
        };
        Layout: {
            id: components["schemas"]["LayoutId"];
            /** @description user:<id> */
            owner: string;
            title: string;
            department: string | null;
            /** @enum {string} */
            visibility: "private" | "department" | "company";
            /** @description Empty for whoever may not edit it */
            grants: {
                to: string;
                /** @enum {string} */
                may: "view" | "edit";
            }[];
            tree: components["schemas"]["LayoutNode"];
            panels: {
                [key: string]: components["schemas"]["Panel"];
            };
            /** @enum {string|null} */
            defaultChannel: "red" | "orange" | "yellow" | "green" | "cyan" | "blue" | "magenta" | "purple" | null;
            filters: {
                context: components["schemas"]["Context"];
            }[];
            message?: string;
            revision: number;
            /** @description What it was copied from; null as well for whoever may not see that one */
            forkedFrom: {
                layout: string;
                revision: number;
            } | null;
            /** Format: date-time */
            updatedAt: string;
            /** @description user:<id> */
            updatedBy: string;
            updatedByName: string;
        };
        LayoutSharing: {
            department: components["schemas"]["Slug"] | null;
            /** @enum {string} */
            visibility: "private" | "department" | "company";
            grants: {
                to: string;
                /** @enum {string} */
                may: "view" | "edit";
            }[];
        };
        Account: {
            id: string;
            name: string;
            /** @description null: not noted, for whoever has not signed in since roles are */
            roles: ("viewer" | "power-user" | "publisher" | "admin")[] | null;
            /** @description Ids */
            departments: string[];
            /** @description As with roles */
            teams: string[] | null;
            /**
             * Format: date-time
             * @description The last time
             */
            signedInAt: string;
        };
        FoundPerson: {
            /** @description user:<id>, as in grants */
            to: string;
            name: string;
            /** @description Titles of those that the caller belongs to as well; all, for admins */
            departments: string[];
        };
        LayoutAccess: {
            /** @description What `PUT …/sharing` is made from */
            revision: number;
            /** @description Whether the caller may change any of it */
            mayShare: boolean;
            /** @description With whom the instance lets the caller share */
            rules: {
                people: boolean;
                department: boolean;
                company: boolean;
            };
            sharing: components["schemas"]["LayoutSharing"];
            entries: components["schemas"]["AccessEntry"][];
        };
        AccessEntry: {
            /** @description user:<id>, department:<id>, company or admins */
            to: string;
            /** @description The id where nobody of it has signed in yet */
            name: string;
            /** @enum {string} */
            may: "view" | "edit" | "own";
            /**
             * @description grant: by name; department and company: the layout's visibility (a department's power users may also edit); pinned: what this department opens first, beside what lets it see it; admin: of the instance
             * @enum {string}
             */
            why: "owner" | "grant" | "department" | "company" | "pinned" | "admin";
        };
        Presence: {
            /** @description When the page is to tell again */
            againSeconds: number;
            /** @description Without the caller; who edits first, then by name */
            people: components["schemas"]["PresentPerson"][];
            /** @description There are others besides */
            more: boolean;
        };
        PresentPerson: {
            /** @description user:<id> */
            user: string;
            /** @description As of their last sign-in */
            name: string;
            /** @description On one of their pages */
            editing: boolean;
            /** @description Those that they work on right now */
            panels: components["schemas"]["PanelId"][];
        };
        AccessRequest: {
            id: string;
            layout: string;
            title: string;
            /** @description user:<id> */
            by: string;
            name: string;
            /** @enum {string} */
            may: "view" | "edit";
            note?: string;
            /** Format: date-time */
            at: string;
        };
        Upstream: {
            layout: components["schemas"]["Layout"];
            base: components["schemas"]["LayoutContent"];
        };
        LayoutAnswer: {
            layout: components["schemas"]["Layout"];
            mayEdit: boolean;
            /** @description What it was copied from, where that has a newer revision than the copy took in, and the caller may edit the copy and see the original */
            upstream: {
                layout: string;
                title: string;
                revision: number;
                /** Format: date-time */
                updatedAt: string;
                updatedByName: string;
            } | null;
            mine: components["schemas"]["Overlay"] | null;
            /** @description One item for each different spec, when included */
            resolution: components["schemas"]["ResolutionItem"][] | null;
            lineage?: components["schemas"]["Lineage"];
        };
        /** @description What a layout was copied from, and how many were copied from it */
        Lineage: {
            /** @description null: from none, or from one that the caller may not see, of a layout that they may not edit */
            copiedFrom: {
                /** @description Of the original, that the copy took in last */
                revision: number;
                /** @description null: in the bin, gone, or not shared with the caller */
                original: {
                    layout: string;
                    title: string;
                    /** @description user:<id> */
                    owner: string;
                    ownerName: string;
                } | null;
            } | null;
            /** @description Without those in the bin, whoever made them; null for whoever may not edit the layout */
            copies: number | null;
        };
        LayoutTitles: {
            id: string;
            title: string;
            tree?: components["schemas"]["LayoutNode"];
            /** @description By the panel's id */
            panels: {
                [key: string]: {
                    /** @description null: it is called as its widget */
                    title: string | null;
                    /** @description Name of the widget */
                    widget: string;
                };
            };
        };
        LayoutSummary: {
            id: string;
            title: string;
            owner: string;
            ownerName: string;
            department: string | null;
            visibility: string;
            revision: number;
            updatedAt: string;
            updatedBy: string;
            updatedByName: string;
            mayEdit: boolean;
            /** @description By the caller */
            starred: boolean;
            lineage: components["schemas"]["Lineage"];
            /**
             * Format: date-time
             * @description By the caller; with `scope=recent`
             */
            openedAt?: string;
            binned?: components["schemas"]["Binned"];
        };
        HoldingLayout: {
            id: components["schemas"]["LayoutId"];
            title: string;
            /** @description user:<id> */
            owner: string;
            ownerName: string;
            department: string | null;
            /** Format: date-time */
            updatedAt: string;
            /** @description Those that fit */
            panels: components["schemas"]["PanelId"][];
        };
        /** @description In the bin */
        Binned: {
            title: string;
            /** Format: date-time */
            at: string;
            /**
             * Format: date-time
             * @description Then it is gone
             */
            until: string;
            byName: string;
            /** @description Whether the caller may */
            mayRestore: boolean;
        };
        RevisionSummary: {
            revision: number;
            updatedAt: string;
            updatedBy: string;
            updatedByName: string;
            message?: string;
            /** @description By PUT …/name */
            name?: string;
        };
        Overlay: {
            panels: {
                [key: string]: {
                    settings: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        Draft: {
            /** @description Revision of the layout that it began from */
            base: number;
            content: components["schemas"]["LayoutContent"];
            updatedAt: string;
            /** @description Of just this state of it, for `If-Match`; empty: an older version kept it */
            tag?: string;
            taken?: components["schemas"]["DraftTaken"];
            line?: components["schemas"]["DraftLine"];
        };
        /** @description Of a copy: the revision of its original that the draft has taken in, as after the undo of a pull; missing: the same as its base */
        DraftTaken: number;
        /**
         * Format: uuid
         * @description Which draft this is a state of: a page that begins one anew makes a new line, and one that takes in what another has kept goes on with its line. Two states of a line go back to each other; of two lines, to the revisions that they began from
         */
        DraftLine: string;
        Pin: {
            department: components["schemas"]["Department"];
            layout: components["schemas"]["LayoutId"];
            /** @description All that the department pins, in its order */
            pinned: components["schemas"]["PinnedLayout"][];
            pinnedBy: string;
            pinnedAt: string;
            session?: components["schemas"]["Session"];
            answer?: components["schemas"]["LayoutAnswer"];
        };
        PinnedLayout: {
            layout: components["schemas"]["LayoutId"];
            title: string;
            pinnedBy: string;
            /** @description When it was pinned or last moved */
            pinnedAt: string;
        };
        AuditEntry: {
            seq: number;
            at: string;
            actor: string;
            action: string;
            subject: string;
            /** @description Address */
            from?: string | null;
            requestId?: string;
            details?: {
                [key: string]: unknown;
            };
            hash: string;
            previous: string;
        };
        /** @description An entry that somebody changed by hand until it was none; what it was found by stays. The verification of the log says that it is broken there. */
        UnreadableAuditEntry: {
            seq: number;
            at: string;
            actor: string;
            action: string;
            subject: string;
            /** @description What is kept, at most its first 1,000 characters */
            unreadable: string;
        };
        AuditVerification: {
            /** @description The log is what was written */
            ok: boolean;
            /** @description When it was read */
            at: string;
            /** @description How many entries, from the first on, are whole */
            entries: number;
            /** @description A reading that is under way: how many entries it has found whole, and how many there are */
            reading: {
                entries: number;
                of: number;
            } | null;
            /** @description The last of them */
            head: {
                seq: number;
                hash: string;
            } | null;
            /** @description The first entry that is not what was written */
            broken: {
                seq: number;
                /**
                 * @description changed: its hash or its link to the entry before is wrong; missing: taken out; replaced: the chain is whole but another one; cut: the log ends here and was longer
                 * @enum {string}
                 */
                kind: "changed" | "missing" | "replaced" | "cut";
                detail: string;
            } | null;
        };
        Setting: {
            /** @description Of the environment variable */
            name: string;
            /** @description Whether the environment has it, also as a file that it names; else its default holds */
            isSet: boolean;
            /** @description What holds, as text; null where nothing does, and where it is hidden. Without the user and password of an address */
            value: string | null;
            /** @description What holds where it is not set; null: nothing */
            default: string | null;
            /** @description Of the value, such as `seconds` */
            unit: string | null;
            /** @description A secret, or JSON that may hold some: nobody is told more than whether it is set */
            hidden: boolean;
        };
        ServiceSettings: {
            /** @enum {string} */
            service: "registry-api" | "tracker";
            /** @description By name */
            items: components["schemas"]["Setting"][];
        };
        RegistryEvent: {
            /** @description Unique event id */
            id: string;
            /** @enum {string} */
            type: "widgets.active-changed" | "widgets.yanked" | "widgets.deprecated" | "layouts.changed" | "pins.changed" | "audit.verified" | "deployments.changed" | "open-dashboards.changed" | "access-requests.changed" | "presence.changed";
            at: string;
            /** @description widgets.*: {name, version, channels}; deployments.changed (pods came, went or changed, or a hold was lifted) and open-dashboards.changed: {widgets}, names, for members of the widgets' team and admins, at most once a second for each team and replica; layouts.changed: {layout, revision, by, deleted?, sharing?} (deleted: into the bin, or for ever; sharing: true where other people see it by name than before); pins.changed: {department, layout, layouts}, the home and all in their order; audit.verified: {ok}, for admins, where it is another finding than before; access-requests.changed: {}, for the owner of the layout that somebody asks for; presence.changed: {layout}, for whoever may edit it and has it open, at most once a second for each layout and replica: who that is, the page asks with its next report */
            data: {
                [key: string]: unknown;
            };
        };
    };
    responses: {
        /** @description What went wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        Department: components["schemas"]["Slug"];
        WidgetName: components["schemas"]["WidgetName"];
        Version: components["schemas"]["Semver"];
        ChannelName: components["schemas"]["Slug"];
        /** @description Minted by the page when it is loaded */
        PageId: string;
        LeaseId: string;
        Layout: components["schemas"]["LayoutId"];
        /** @description Comma-separated: layout, resolution, lineage */
        Include: string;
        /** @description The revision, quoted: "12" */
        IfMatch: string;
        Cursor: string;
        Limit: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: {
                return_to?: string;
                /** @description Ask the issuer to authenticate again (prompt=login) */
                fresh?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the issuer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    signInCallback: {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                iss?: string;
                error?: string;
                error_description?: string;
                session_state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page that the sign-in was for: the new publish token, shown once (/session/tokens/new), the list of tokens (/session/tokens), the question about an erasure (/session/erasure) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description To `return_to` */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; a page that names the code when the sign-in was for a page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out here; the session at the issuer goes on until the browser has been to `endSessionUrl` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description Signed out, and there is nothing more to do */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    backChannelLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    logout_token: string;
                };
            };
        };
        responses: {
            /** @description Ended, or there was none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    newTokenPage: {
        parameters: {
            query?: {
                team?: components["schemas"]["Slug"];
                department?: components["schemas"]["Slug"];
                name?: string;
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description To the issuer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not for this person (a page that names the code) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    tokenListPage: {
        parameters: {
            query?: {
                /** @description Id of a token */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the issuer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeTokenByPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    id: string;
                    ticket: string;
                };
            };
        };
        responses: {
            /** @description Revoked, or was so before; the page again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A page that names the code: ticket_over, or not a navigation */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A page that names the code token_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    erasurePage: {
        parameters: {
            query: {
                site: components["schemas"]["Slug"];
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the issuer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    eraseByPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    site: components["schemas"]["Slug"];
                    user?: string;
                    ticket: string;
                };
            };
        };
        responses: {
            /** @description On the tracker's disk; the stores follow within seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A page that names the code (the tracker's own, or ticket_over, erasure_forbidden, tracker_unavailable) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Token"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    team?: components["schemas"]["Slug"];
                    department?: components["schemas"]["Slug"];
                    /** Format: title */
                    name: string;
                    /** @default 90 */
                    days?: number;
                };
            };
        };
        responses: {
            /** @description The token; `secret` is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"] & {
                        secret: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listDepartments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Departments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Department"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putDepartment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: title */
                    title: string;
                };
            };
        };
        responses: {
            /** @description The department */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPin: {
        parameters: {
            query?: {
                /** @description Comma-separated: layout, resolution, lineage */
                include?: components["parameters"]["Include"];
                /** @description Which of them; without it its home. 404 `layout_not_pinned` for any other */
                layout?: components["schemas"]["LayoutId"];
            };
            header?: never;
            path: {
                department: components["parameters"]["Department"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pin"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putPin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    layout: components["schemas"]["LayoutId"];
                };
            };
        };
        responses: {
            /** @description The pin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pin"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pinLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description It is what the department opens first
                     * @constant
                     */
                    home?: true;
                    /** @description The pinned layout that it comes before; null: it comes last. 422 `layout_not_pinned` where that one is not pinned */
                    before?: components["schemas"]["LayoutId"] | null;
                };
            };
        };
        responses: {
            /** @description The pin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pin"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    unpinLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: components["parameters"]["Department"];
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not pinned any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listWidgets: {
        parameters: {
            query?: {
                q?: string;
                category?: string;
                publisher?: components["schemas"]["Slug"];
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Widgets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WidgetSummary"][];
                        next: string | null;
                        total: number;
                        categories?: string[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWidget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The widget with its versions and channels */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version with its files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    publishVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/gzip": string;
            };
        };
        responses: {
            /** @description Was published before with the same bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedVersion"];
                };
            };
            /** @description Published */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedVersion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deprecateVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    yankVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    promote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: components["schemas"]["Semver"];
                };
            };
        };
        responses: {
            /** @description The widget */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    holdChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    version?: components["schemas"]["Semver"];
                };
            };
        };
        responses: {
            /** @description The widget */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    liftHold: {
        parameters: {
            query?: {
                /** @description The `at` of the hold that is meant; 409 `hold_changed` when another one has replaced it */
                at?: string;
            };
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The widget */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releaseChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
                channel: components["parameters"]["ChannelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The widget */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listChannelMoves: {
        parameters: {
            query?: {
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Moves, and the versions that each channel has given */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChannelMove"][];
                        next: string | null;
                        /** @description By channel, the newest first, at most 20 each, withdrawn ones left out: what a person who is signed in may hold it at */
                        given: {
                            [key: string]: string[];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countOpenDashboards: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["WidgetName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions that run, most dashboards first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            version: string;
                            dashboards: number;
                        }[];
                        next: null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reportOpenDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Minted by the page when it is loaded */
                page: components["parameters"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Each widget and version once */
                    widgets: {
                        name: components["schemas"]["WidgetName"];
                        version: components["schemas"]["Semver"];
                    }[];
                };
            };
        };
        responses: {
            /** @description Noted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        againSeconds: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    closeOpenDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Minted by the page when it is loaded */
                page: components["parameters"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It counts no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listDeployments: {
        parameters: {
            query: {
                widget: components["schemas"]["WidgetName"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leases that did not end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lease"][];
                        next: null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    heartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lease: components["parameters"]["LeaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heartbeat"];
            };
        };
        responses: {
            /** @description What the registry makes of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaseAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lease: components["parameters"]["LeaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    reportSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportedSync"];
            };
        };
        responses: {
            /** @description Known */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listTrusts: {
        parameters: {
            query: {
                team: components["schemas"]["Slug"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Trusts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Trust"][];
                        next: null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addTrust: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTrust"];
            };
        };
        responses: {
            /** @description The trust */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trust"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeTrust: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    widgets: components["schemas"]["WidgetSpec"][];
                };
            };
        };
        responses: {
            /** @description One item for each spec */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ResolutionItem"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listLayouts: {
        parameters: {
            query?: {
                /** @description mine: one's own; shared: those of others that name the caller; department: of the caller's departments; company: open to everybody; starred: by the caller; recent: what the caller opened last, that first; bin: one's own that were deleted (for admins also of the set-up), the last one first */
                scope?: "mine" | "shared" | "department" | "company" | "all" | "starred" | "recent" | "bin";
                /** @description Words, each a part of a word of the title; letters with and without marks are the same */
                q?: string;
                /** @description changed: most recently updated first; title: by title, in which capitals, marks and signs do not count. A cursor belongs to the sort of its list (400 cursor_invalid). The scopes recent and bin have an order of their own, whatever is asked for */
                sort?: "changed" | "title";
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Layouts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LayoutSummary"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createLayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutContent"];
            };
        };
        responses: {
            /** @description Revision 1 */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    findPeople: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those who fit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FoundPerson"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                q?: string;
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Account"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAccessRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccessRequest"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerAccessRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    answer: "view" | "edit" | "decline";
                };
            };
        };
        responses: {
            /** @description Answered */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listLayoutTitles: {
        parameters: {
            query: {
                /** @description `tree`: with how each stands, and also of what is in the bin, for whoever may restore it */
                include?: "tree";
                id: components["schemas"]["LayoutId"][];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In no order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LayoutTitles"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    findHoldingLayouts: {
        parameters: {
            query?: {
                /** @description Its name, whatever its version */
                widget?: components["schemas"]["WidgetName"];
                /** @description A data source that a setting names, or of which it names a table: `markets` */
                source?: components["schemas"]["Slug"];
                /** @description The name of a setting that the panel has */
                setting?: string;
                /** @description What that setting is, or has in it, as text: a text of at most 200 characters, a number, `true` or `false` */
                value?: string;
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Layouts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whoever may see them */
                        total: number;
                        items: components["schemas"]["HoldingLayout"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLayout: {
        parameters: {
            query?: {
                /** @description Comma-separated: layout, resolution, lineage */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The layout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayoutAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    saveLayout: {
        parameters: {
            query?: never;
            header: {
                /** @description The revision, quoted: "12" */
                "if-match": components["parameters"]["IfMatch"];
            };
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutContent"];
            };
        };
        responses: {
            /** @description Saved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            /** @description Somebody saved in between */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        current: components["schemas"]["Layout"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteLayout: {
        parameters: {
            query?: {
                forever?: boolean;
            };
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the bin, or gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    restoreLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The layout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    starLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Starred */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    unstarLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not starred */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    noteOpened: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    reportPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                /** @description Minted by the page when it is loaded */
                page: components["parameters"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The layout is open for editing */
                    editing: boolean;
                    /** @description While editing: the panel that is worked on right now */
                    panel: string | null;
                };
            };
        };
        responses: {
            /** @description Who else is here */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                /** @description Minted by the page when it is loaded */
                page: components["parameters"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not here */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    cloneLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    title?: components["schemas"]["LayoutTitle"];
                    content?: components["schemas"]["LayoutContent"];
                };
            };
        };
        responses: {
            /** @description The copy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLayoutAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Access */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayoutAccess"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    shareLayout: {
        parameters: {
            query?: never;
            header: {
                /** @description The revision, quoted: "12" */
                "if-match": components["parameters"]["IfMatch"];
            };
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutSharing"];
            };
        };
        responses: {
            /** @description Shared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    may: "view" | "edit";
                    /**
                     * Format: title
                     * @description Shown to the owner
                     */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Its owner is told */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        requestedAt: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getUpstream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The original */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upstream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pullLayout: {
        parameters: {
            query?: never;
            header: {
                /** @description The revision, quoted: "12" */
                "if-match": components["parameters"]["IfMatch"];
            };
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the original */
                    revision: number;
                    content: components["schemas"]["LayoutContent"];
                    /** @description Kept with the revision; without it, that it was pulled, or taken back, and from which title */
                    message?: string;
                };
            };
        };
        responses: {
            /** @description Pulled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRevisions: {
        parameters: {
            query?: {
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RevisionSummary"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                revision: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The layout as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    nameRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
                revision: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["LayoutTitle"] | null;
                };
            };
        };
        responses: {
            /** @description The revision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionSummary"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putMine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Overlay"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overlay"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteMine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the layout's own settings */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeMine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Overlay"];
            };
        };
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overlay"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description There are none */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    putDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tag of a draft, quoted */
                "if-match"?: string;
                "if-none-match"?: "*";
            };
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    base: number;
                    content: components["schemas"]["LayoutContent"];
                    taken?: components["schemas"]["DraftTaken"];
                    line?: components["schemas"]["DraftLine"];
                };
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tag of a draft, quoted */
                "if-match"?: string;
            };
            path: {
                layout: components["parameters"]["Layout"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Who, as entries have it: `user:<id>`, `token:<id>`, `workload:<issuer>#<subject>` */
                actor?: string;
                /** @description What, such as `widget.publish` */
                action?: string;
                /** @description To what, such as `department:sales` */
                subject?: string;
                /** @description Not before this instant */
                from?: string;
                /** @description Before this instant */
                to?: string;
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: (components["schemas"]["AuditEntry"] | components["schemas"]["UnreadableAuditEntry"])[];
                        /** @description By `user:<id>`: what those are called now who have signed in, of the actors and subjects of these entries */
                        names: {
                            [key: string]: string;
                        };
                        next: string | null;
                        /** @description When the last entry that was looked at was done; null at the end */
                        lookedBackTo: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readAuditVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: {
                wait?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
