# tierbench in a container, which measures the engine whose socket it is given:
#   npm pack && docker build --tag tierbench .
#   docker run --rm -v /var/run/docker.sock:/var/run/docker.sock -v "$PWD:/work" tierbench trace alpine echo hello
# BASE is a Debian with Node 20.19 or newer: images of ours are built from its packages.
ARG BASE=node:22-bookworm-slim
FROM ${BASE}
COPY tierbench-*.tgz /tmp/tierbench/
RUN npm install --global --omit=dev --ignore-scripts --no-audit --no-fund /tmp/tierbench/*.tgz \
  && rm -rf /tmp/tierbench /root/.npm
ENV LANG=C.UTF-8
WORKDIR /work
ENTRYPOINT ["tierbench"]
