/** Finds the operation of docs/openapi.json that a path and a method mean, with what it takes and replies. */
import type { paths } from './schema';

export type Method = 'get' | 'post' | 'put' | 'delete';

type SameSegment<Segment extends string, Pattern extends string> = Pattern extends `{${string}}` ? true : Segment extends Pattern ? true : false;

type SamePath<Path extends string, Pattern extends string> = Path extends `${infer Head}/${infer Tail}`
  ? Pattern extends `${infer PatternHead}/${infer PatternTail}`
    ? SameSegment<Head, PatternHead> extends true
      ? SamePath<Tail, PatternTail>
      : false
    : false
  : Pattern extends `${string}/${string}`
    ? false
    : SameSegment<Path, Pattern>;

/** `/api/bookings/b1/cancel` as the document writes it: `/api/bookings/{booking_id}/cancel`. */
type Documented<Path extends string> = Path extends keyof paths
  ? Path
  : { [Pattern in keyof paths]: SamePath<Path, Pattern> extends true ? Pattern : never }[keyof paths];

type Operation<Path extends string, M extends Method> = NonNullable<paths[Documented<Path>][M]>;

/** Nothing that a path must fulfil, or what no path fulfils: to be intersected with the type of a path. */
export type Known<Path extends string, M extends Method> = [Operation<Path, M>] extends [never] ? never : unknown;

type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : undefined;

type Responses<Op> = Op extends { responses: infer All } ? All : never;

/** The body of a success, or of any reply at all. */
export type Reply<Path extends string, M extends Method> = Replies<Responses<Operation<Path, M>>, 200 | 201 | 202>;
export type AnyReply<Path extends string, M extends Method> = Replies<Responses<Operation<Path, M>>, PropertyKey>;

type Replies<All, Status> = All extends unknown ? { [S in keyof All & Status]: Json<All[S]> }[keyof All & Status] : never;

export type Query<Path extends string, M extends Method> = Operation<Path, M> extends { parameters: { query?: infer Q } } ? Q : undefined;

/** What is sent: JSON, or a form with a file. */
export type Body<Path extends string, M extends Method> =
  Operation<Path, M> extends { requestBody?: infer Sent } ? Sending<NonNullable<Sent>> : undefined;

type Sending<Sent> = Sent extends { content: infer Content }
  ? Content extends { 'application/json': infer Value }
    ? Value
    : FormData
  : undefined;
