command: cat /etc/resolv.conf; dig +time=3 +tries=2 +short web.lab.test
host: cli
at: 1795350741.358
exit: 9
recognised: no
