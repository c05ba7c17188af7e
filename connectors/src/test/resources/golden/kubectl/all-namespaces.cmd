command: kubectl get services -A
host: srv
at: 1795350600.25
exit: 0
