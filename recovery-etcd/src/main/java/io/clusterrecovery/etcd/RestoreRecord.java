package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunId;
import io.clusterrecovery.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verified restore leaves on the host, so that the same restore is recognised when it is
 * asked for again: {@code /var/lib/cluster-recovery/RUN/restore.json}.
 *
 * @param verifiedAt ISO-8601, UTC
 * @param revision its revision when it was verified
 */
record RestoreRecord(
    String run,
    String member,
    String snapshotSha256,
    String clusterId,
    String verifiedAt,
    long revision) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "restore.json";

  static String folder(RunId run) {
    return "/var/lib/cluster-recovery/" + run.value();
  }

  /** Every record on the host, whichever run wrote it. */
  static List<RestoreRecord> readAll(RemoteHost host) {
    String script =
        "for f in /var/lib/cluster-recovery/*/"
            + NAME
            + "; do [ -f \"$f\" ] && cat \"$f\" && echo; done; true";
    CommandResult result = host.run(Command.of("sh", "-c", script).asRoot());
    return result.out().lines().flatMap(line -> parse(line).stream()).toList();
  }

  void writeTo(RemoteHost host) {
    String path = folder(new RunId(run)) + "/" + NAME;
    HostFile.write(host, path, Secret.of(json()));
  }

  boolean describes(String memberName, RestoreSource source) {
    return member.equals(memberName) && snapshotSha256.equals(source.id());
  }

  Instant verified() {
    return Instant.parse(verifiedAt);
  }

  private String json() {
    try {
      return new String(JSON.writeValueAsBytes(this), UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts can be written as JSON", e);
    }
  }

  private static Optional<RestoreRecord> parse(String line) {
    try {
      return Optional.of(JSON.readValue(line, RestoreRecord.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
