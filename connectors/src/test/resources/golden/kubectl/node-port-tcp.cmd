command: kubectl get svc -n vpn
host: srv
at: 1795350600.25
exit: 0
