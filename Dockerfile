# wgwhy with a Java run-time of its own: no JDK, no shell that it needs, not root, nothing written but to /tmp.
#   docker build -t wgwhy .
#   docker run --rm --read-only --tmpfs /tmp wgwhy demo
# Where no registry can be reached, give images that are there: --build-arg JDK=... --build-arg BASE=...; or build without a container engine:
# docs/containers.md. Either way the image looks the same from outside.
ARG JDK=eclipse-temurin:17-jdk
ARG BASE=debian:bookworm-slim

FROM ${JDK} AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --quiet -Dmaven.test.skip=true -Dspotless.check.skip=true package
RUN . deploy/images/modules && deploy/images/runtime /runtime "$MODULES"

FROM ${BASE}
COPY --from=build /runtime /opt/java
COPY --from=build /src/cli/target/wgwhy.jar /opt/wgwhy/wgwhy.jar
COPY --from=build /src/cli/target/lib /opt/wgwhy/lib
USER 65532:65532
WORKDIR /tmp
ENV PATH=/opt/java/bin:/usr/bin:/bin LANG=C.UTF-8
ENTRYPOINT ["/opt/java/bin/java", "-XX:MaxRAMPercentage=75", "-jar", "/opt/wgwhy/wgwhy.jar"]
CMD ["--help"]
