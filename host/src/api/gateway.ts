/** By these a proxy before the edge says that nobody is there. The edge says them too, and then it is told by what comes with them. */
export const isGatewayStatus = (status: number): boolean => status >= 502 && status <= 504;
