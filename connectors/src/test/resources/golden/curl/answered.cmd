command: curl -sS  -w 'http=%{http_code} bytes=%{size_download} time=%{time_total} remote=%{remote_ip} err=%{errormsg}\n' --max-time 6 http://192.0.2.80/
host: cli
at: 1795349478.685
exit: 0
