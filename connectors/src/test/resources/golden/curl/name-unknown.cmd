command: curl -sS  -w 'http=%{http_code} bytes=%{size_download} time=%{time_total} remote=%{remote_ip} err=%{errormsg}\n' --max-time 12 http://web.lab.test/
host: cli
at: 1795350750.358
exit: 6
