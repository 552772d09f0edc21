// Generated from tracker.openapi.yaml by npm run generate.
export interface paths {
    "/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sites that the caller may see, with what they see of them. */
        get: operations["listSites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Totals of a range, compared with the period of equal length before it.
         * @description With `compareFrom` and `compareTo` the comparison is with that range instead.
         */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Views and visitors per bucket, gaps filled with zero. `auto` takes the finest bucket that gives at most 240 points. */
        get: operations["getSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/top": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The values of a dimension that were viewed most. */
        get: operations["getTop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/props": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of the events' own properties; the values of one are `/top?dimension=props.KEY`. */
        get: operations["listProps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visits as a whole, where they begin and where they end. */
        get: operations["getSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dwell": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long sessions were really visible. */
        get: operations["getDwell"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many visitors got how far through steps in this order. Account sites only (422 `identity_daily`).
         * @description A step is written like a filter and means the events that count as views of it (`path:/pricing` a view of that page, `event_name:signup` that event, `widget:notes` a view of that widget).
         */
        get: operations["getFunnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visitors by the period in which they were first seen within the range, and in which later periods they came back. Account sites only (422 `identity_daily`). */
        get: operations["getRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last 30 minutes, to be polled with If-None-Match. */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that were not counted, and why; and what was left out of those that were. Broken down for others than admins and the site's owners only where it is minVisitors events at least: the rest is in the total alone, which `partial` says. */
        get: operations["getDrops"];
        put?: never;
        post?: never;
        delete?: never;
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
        /** How widgets do, per widget and version, wherever they are open. For every signed-in user of the site's departments; what fewer than minVisitors used is told to the widget's own team only. */
        get: operations["getWidgetUsage"];
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
        get: operations["readTrackerSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file. Events only for admins and members of the site's owner teams (403 `not_owner`). */
        get: operations["export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Removes what an account site knows of a person, in every store. Everyone for themselves, admins for anybody.
         * @description Needs a token of the audience tracker/erasures, which registry-api gives to who has just signed in for it; a session's gets 403 fresh_sign_in_required, for people go to /api/v1/session/erasure?site=….
         */
        post: operations["eraseVisitor"];
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
        /** @enum {string} */
        Dimension: "event_name" | "path" | "host" | "referrer" | "utm_source" | "utm_medium" | "utm_campaign" | "country" | "browser" | "os" | "device" | "widget" | "widget_version" | "panel_id" | "layout_id";
        /** @description A Dimension, or `props.KEY` for a property of the events */
        AnyDimension: string;
        /** @description Present when something is missing, and says what: what the store could not tell, or what is not shown to the caller because few visitors did it */
        Partial: components["schemas"]["Missing"][];
        Missing: {
            /** @enum {string} */
            code: "few_visitors" | "single_events" | "session_pages" | "rare_values" | "silent_servers" | "store_error" | "store_partial";
            /** @description The same in English, for whoever reads the answer itself */
            text: string;
            /** @description Of few_visitors: what fewer visitors did is not shown */
            least?: number;
            /** @description Of silent_servers: how many of the store's did not answer */
            silent?: number;
            /** @description Of silent_servers: of how many */
            servers?: number;
            /** @description Of store_error: as the store names it */
            error?: string;
        };
        /** @description How far behind the sums are: events of the site that they do not hold yet. All of them are in the answer, counted one by one, which takes longer the more there are. Absent where the answer is not from sums: with filters, for other dimensions than the path, for figures by layouts, on Pinot */
        Behind: number;
        Site: {
            id: string;
            title: string;
            /** @enum {string} */
            identity: "daily" | "account";
            mayExportEvents: boolean;
            /**
             * @description What the caller's figures are about: the whole site, or what happened on layouts that they may open
             * @enum {string}
             */
            figures: "layouts" | "site";
            /** @description What fewer visitors did is neither filtered nor broken down for the caller (403 too_few_visitors, or left out and said in partial); 1 when all is */
            minVisitors: number;
        };
        Totals: {
            /** @description Exact distinct visitors */
            visitors: number;
            /** @description Events named `view` (of pages) */
            views: number;
            sessions: number;
            /** @description Discrete median of a session's dwell */
            medianDwellMs: number | null;
        };
        Summary: {
            current: components["schemas"]["Totals"];
            previous: components["schemas"]["Totals"];
            /** @description Distinct visitors of the last five minutes */
            live: number;
            partial?: components["schemas"]["Partial"];
            behind?: components["schemas"]["Behind"];
        };
        Series: {
            bucket: string;
            zone: string;
            partial?: components["schemas"]["Partial"];
            behind?: components["schemas"]["Behind"];
            points: {
                /** Format: date-time */
                t: string;
                views: number;
                visitors: number;
            }[];
        };
        Top: {
            dimension: components["schemas"]["AnyDimension"];
            partial?: components["schemas"]["Partial"];
            behind?: components["schemas"]["Behind"];
            items: {
                value: string;
                /** @description Page views; for widget dimensions: widget views */
                views: number;
                visitors: number;
                /** @description Total dwell */
                dwellMs: number;
            }[];
        };
        Props: {
            partial?: components["schemas"]["Partial"];
            items: {
                key: string;
                events: number;
            }[];
        };
        Sessions: {
            /** @description With at least one view */
            sessions: number;
            views: number;
            /** @description With exactly one view */
            bounces: number;
            /** @description From first to last event, discrete median */
            medianDurationMs: number | null;
            /** @description Pages that sessions began with */
            entries: components["schemas"]["SessionPage"][];
            /** @description Pages that sessions ended with */
            exits: components["schemas"]["SessionPage"][];
            partial?: components["schemas"]["Partial"];
            behind?: components["schemas"]["Behind"];
        };
        SessionPage: {
            path: string;
            sessions: number;
        };
        Dwell: {
            /** @description With any dwell */
            sessions: number;
            /** @description Of 25, 50, 75, 90, 95, 99; discrete (a value that occurred), empty without sessions */
            percentiles: {
                percent: number;
                ms: number;
            }[];
            distribution: {
                fromMs: number;
                /** @description Exclusive; null for no end */
                toMs: number | null;
                sessions: number;
            }[];
            partial?: components["schemas"]["Partial"];
            behind?: components["schemas"]["Behind"];
        };
        Funnel: {
            windowMinutes: number;
            steps: {
                step: string;
                /** @description Who got at least this far */
                visitors: number;
                /** @description From the first step, each visitor at their fastest; discrete median; 0 for the first step */
                medianMs: number | null;
            }[];
            partial?: components["schemas"]["Partial"];
        };
        Retention: {
            unit: string;
            zone: string;
            cohorts: {
                /** Format: date-time */
                start: string;
                visitors: number;
                /** @description Visitors seen in this and each later period of the range; the first is all of them */
                returned: number[];
            }[];
            partial?: components["schemas"]["Partial"];
        };
        Live: {
            /** Format: date-time */
            at: string;
            /** @description Distinct visitors of the last five minutes */
            visitors: number;
            /** @description The last 30 minutes */
            minutes: {
                /** Format: date-time */
                t: string;
                views: number;
                visitors: number;
            }[];
            /** @description Top ten of the last 30 minutes */
            pages: {
                value: string;
                views: number;
                visitors: number;
            }[];
            /** @description Last 20 events, newest first, without their visitor */
            recent: {
                /** Format: date-time */
                ts: string;
                name: string;
                path: string | null;
                widget: string | null;
                country: string | null;
                browser: string | null;
                device: string | null;
            }[];
            partial?: components["schemas"]["Partial"];
        };
        Drops: {
            total: number;
            reasons: {
                reason: string;
                events: number;
            }[];
            /** @description Fields that were too long or odd: cut or left out, while their event counted. Most frequent first */
            details: {
                field: string;
                events: number;
            }[];
            partial?: components["schemas"]["Partial"];
        };
        WidgetFigures: {
            /** @description widget_view events */
            opens: number;
            visitors: number;
            dwellMs: number;
            /** @description widget_error events */
            errors: number;
            /** @description From mounting to ready, in milliseconds; null when no event says */
            load: {
                count: number;
                p50: number;
                p75: number;
                p95: number;
            } | null;
        };
        WidgetUsage: {
            items: (components["schemas"]["WidgetFigures"] & {
                widget: string;
                /** @description Most opened first */
                versions: (components["schemas"]["WidgetFigures"] & {
                    version: string;
                })[];
            })[];
            partial?: components["schemas"]["Partial"];
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
        Erasure: {
            site: string;
            /** @description User id; only admins, for somebody else */
            user?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail?: string;
            requestId?: string;
        };
        /**
         * tracker event
         * @description One item of POST /t/events, or the query parameters of /t/pixel.gif.
         */
        Event: {
            site: string;
            /** @description UUIDv7 minted by the client; by the collector for bare pixels */
            id?: string;
            /** @description Default view. The dashboard sends view, widget_view, dwell, widget_dwell, widget_error */
            name?: string;
            /** @description ISO instant of the client */
            ts?: string;
            url?: string;
            path?: string;
            referrer?: string;
            widget?: string;
            widget_version?: string;
            panel_id?: string;
            layout_id?: string;
            dwell_ms?: number;
            /** @description From mounting to ready */
            load_ms?: number;
            /** @description Properties of your own: text, numbers, booleans; kept as text */
            props?: {
                [key: string]: string | number | boolean;
            };
            /** @description Trusted senders only: a name of the visitor, which is hashed */
            visitor?: string;
            /** @description Trusted senders only, never stored */
            ip?: string;
            /** @description Trusted senders only */
            user_agent?: string;
            /** @description Trusted senders only */
            country?: string;
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
        Site: string;
        From: string;
        To: string;
        /** @description `dimension:value`, repeated; all must hold */
        Filter: string[];
        /** @description IANA zone by whose clocks the answer goes, such as Europe/Berlin: hours, days, weeks and months of its buckets begin there, and times in a file are written in it */
        Zone: string;
        /** @description The day that weeks begin with */
        WeekStart: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        Limit: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listSites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sites the caller may see */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Site"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSummary: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                compareFrom?: string;
                compareTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Totals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSeries: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                bucket?: "auto" | "minute" | "five-minutes" | "hour" | "day" | "week" | "month";
                /** @description IANA zone by whose clocks the answer goes, such as Europe/Berlin: hours, days, weeks and months of its buckets begin there, and times in a file are written in it */
                zone?: components["parameters"]["Zone"];
                /** @description The day that weeks begin with */
                weekStart?: components["parameters"]["WeekStart"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Points */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTop: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                dimension: components["schemas"]["AnyDimension"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Most viewed first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Top"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listProps: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Most frequent first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Props"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSessions: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions with at least one view */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getDwell: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discrete percentiles and a distribution */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dwell"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getFunnel: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                step: string[];
                /** @description Time for all steps, from the first on */
                windowMinutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry per step */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Funnel"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRetention: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                unit?: "day" | "week" | "month";
                /** @description IANA zone by whose clocks the answer goes, such as Europe/Berlin: hours, days, weeks and months of its buckets begin there, and times in a file are written in it */
                zone?: components["parameters"]["Zone"];
                /** @description The day that weeks begin with */
                weekStart?: components["parameters"]["WeekStart"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One cohort per period (at most 60; 422 `bucket_too_fine`) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLive: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Now */
            200: {
                headers: {
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            /** @description Nothing has changed since that answer */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getDrops: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Most frequent reason first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drops"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWidgetUsage: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description Only this one */
                widget?: string;
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Most opened first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetUsage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readTrackerSettings: {
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
    export: {
        parameters: {
            query: {
                site: components["parameters"]["Site"];
                from: components["parameters"]["From"];
                to: components["parameters"]["To"];
                /** @description `dimension:value`, repeated; all must hold */
                filter?: components["parameters"]["Filter"];
                what: "events" | "series" | "top";
                format?: "csv" | "parquet";
                /** @description Of a series */
                bucket?: "auto" | "minute" | "five-minutes" | "hour" | "day" | "week" | "month";
                /** @description IANA zone by whose clocks the answer goes, such as Europe/Berlin: hours, days, weeks and months of its buckets begin there, and times in a file are written in it */
                zone?: components["parameters"]["Zone"];
                /** @description The day that weeks begin with */
                weekStart?: components["parameters"]["WeekStart"];
                /** @description Of a top list */
                dimension?: components["schemas"]["AnyDimension"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An attachment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    eraseVisitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Erasure"];
            };
        };
        responses: {
            /** @description On disk; the stores follow within seconds */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        site: string;
                        /** Format: date-time */
                        at: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
