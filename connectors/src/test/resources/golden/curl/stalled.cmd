command: curl -sS -o /dev/null -w 'http=%{http_code} bytes=%{size_download} time=%{time_total} remote=%{remote_ip} err=%{errormsg}\n' --max-time 8 http://192.0.2.80/big
host: cli
at: 1795350700.425
exit: 28
