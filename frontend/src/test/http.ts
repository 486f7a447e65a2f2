import { http as msw, type HttpHandler, type HttpResponseResolver, type JsonBodyType, type PathParams, type RequestHandlerOptions } from 'msw';
import type { AnyReply, Body, Known, Method } from '../api/paths';

type ApiPath = `*/api/${string}`;
type Documented<P extends ApiPath> = P extends `*${infer Path}` ? Path : never;
type Sent<Value> = Value extends JsonBodyType ? Value : JsonBodyType;

type Answer<M extends Method> = <const P extends ApiPath>(
  path: P & Known<Documented<P>, M>,
  resolver: HttpResponseResolver<PathParams, Sent<Body<Documented<P>, M>>, AnyReply<Documented<P>, M>>,
  options?: RequestHandlerOptions,
) => HttpHandler;

/** MSW's `http` for the API: a path, a body that is read or a reply that docs/openapi.json does not describe is a type error. */
export const http = msw as { [M in Method]: Answer<M> };
