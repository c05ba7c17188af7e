command: nstat -az
host: srv
at: 1795350874.971
exit: 0
