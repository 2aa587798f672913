{const r=document.documentElement;r.className="js";try{r.dataset.theme=localStorage.theme||""}catch{r.dataset.theme=""}}
