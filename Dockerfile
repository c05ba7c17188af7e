# wgwhy with a Java run-time of its own: no JDK, no shell scripts but the entry, not root, nothing written but to /tmp.
#   docker build -t wgwhy .
#   docker run --rm --read-only --tmpfs /tmp wgwhy demo
# Where no registry can be reached, give images that are there: --build-arg JDK=... --build-arg BASE=...
ARG JDK=eclipse-temurin:17-jdk
ARG BASE=debian:bookworm-slim

FROM ${JDK} AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --quiet -Dmaven.test.skip=true -Dspotless.check.skip=true package
# jdk.crypto.ec: TLS; jdk.zipfs: Drools; java.desktop: java.beans, for Jackson and Drools; jdk.httpserver: figures and health.
RUN jlink --strip-debug --no-header-files --no-man-pages --compress=2 --output /runtime --add-modules \
    java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.unsupported,jdk.zipfs

FROM ${BASE}
COPY --from=build /runtime /opt/java
COPY --from=build /src/cli/target/wgwhy.jar /opt/wgwhy/wgwhy.jar
COPY --from=build /src/cli/target/lib /opt/wgwhy/lib
USER 65532:65532
WORKDIR /tmp
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75"
ENTRYPOINT ["/opt/java/bin/java", "-jar", "/opt/wgwhy/wgwhy.jar"]
CMD ["--help"]
