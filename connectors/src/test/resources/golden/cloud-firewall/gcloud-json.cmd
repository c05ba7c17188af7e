command: gcloud compute firewall-rules list --format=json
host: srv
at: 1795350600.25
exit: 0
