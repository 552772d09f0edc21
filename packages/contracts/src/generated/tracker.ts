// Generated from tracker.openapi.yaml by npm run generate.
export interface paths {
    "/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
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
        /** Totals of a range, compared with the period of equal length before it. */
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
        get: operations["getTop"];
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
        /** @enum {string} */
        Dimension: "event_name" | "path" | "host" | "referrer" | "utm_source" | "utm_medium" | "utm_campaign" | "country" | "browser" | "os" | "device" | "widget" | "widget_version" | "panel_id" | "layout_id";
        Site: {
            id: string;
            title: string;
            /** @enum {string} */
            identity: "daily" | "account";
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
        };
        Series: {
            bucket: string;
            zone: string;
            points: {
                /** Format: date-time */
                t: string;
                views: number;
                visitors: number;
            }[];
        };
        Top: {
            dimension: components["schemas"]["Dimension"];
            items: {
                value: string;
                /** @description Page views; for widget dimensions: widget views */
                views: number;
                visitors: number;
                /** @description Total dwell */
                dwellMs: number;
            }[];
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
            props?: {
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
        Site: string;
        From: string;
        To: string;
        /** @description `dimension:value`, repeated; all must hold */
        Filter: string[];
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
                bucket?: "auto" | "minute" | "five-minutes" | "hour" | "day" | "month";
                /** @description IANA zone of day and month buckets */
                zone?: string;
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
                dimension: components["schemas"]["Dimension"];
                limit?: number;
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
}
