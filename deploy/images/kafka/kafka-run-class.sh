#!/bin/bash
# shellcheck disable=SC2086 # lists of options
exec java ${KAFKA_HEAP_OPTS:--Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC} ${KAFKA_OPTS:-} \
  -Dlogback.configurationFile=/etc/kafka/docker/logback.xml -cp '/opt/kafka/libs/*' "$@"
