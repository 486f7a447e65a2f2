// The content policy refuses style attributes that are set as text. Alpine sets some so: they go
// through the style object here, which the policy leaves to scripts that it lets run.
{
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  // htmx would add a style element and read code from attributes.
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
}
