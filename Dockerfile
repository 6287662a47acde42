# The context is written by `scripts/release docker-context`: a folder with the static binary for each architecture.
FROM scratch
ARG TARGETARCH
COPY ${TARGETARCH}/asl /asl
COPY LICENSE-APACHE LICENSE-MIT /licenses/
# No account has this number: mount what asl reads with -v "$PWD:/work", and add --user "$(id -u)" if it writes.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/asl"]
