/** Evening over the hills; the search panel overlaps its lower edge. */
export function Hero() {
  return (
    <div className="relative isolate overflow-hidden bg-pine-900 text-white">
      <svg viewBox="0 0 1440 320" preserveAspectRatio="xMidYMax slice" aria-hidden="true" className="absolute inset-0 -z-10 size-full">
        <rect width="1440" height="320" fill="#083b33" />
        <circle cx="1130" cy="96" r="54" fill="#f2a65a" />
        <circle cx="1152" cy="84" r="48" fill="#083b33" />
        <path d="M0 230q180-90 380-30t420-20 340-10 300-50v200H0z" fill="#0d5448" />
        <path d="M0 270q220-70 460-20t440-30 540 10v90H0z" fill="#14705f" />
        <path d="M1010 236v-26l30-24 30 24v26z" fill="#f4e6c8" />
        <path d="m1004 214 36-29 36 29-4 5-32-26-32 26z" fill="#f7c48f" />
        <path d="M1032 236v-17h16v17z" fill="#f2a65a" />
      </svg>
      <div className="mx-auto max-w-[1600px] px-4 pt-10 pb-24 sm:px-6 sm:pt-14">
        <h1 className="max-w-xl text-3xl font-bold sm:text-4xl">Somewhere good to come home to, wherever you are</h1>
        <p className="mt-3 max-w-lg text-lg text-pine-100">Find it on the map, request your nights, and hear back from the host.</p>
      </div>
    </div>
  );
}
