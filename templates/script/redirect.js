location.replace(document.getElementById("present").href + location.search + location.hash)
