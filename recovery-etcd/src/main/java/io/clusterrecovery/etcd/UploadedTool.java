package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An {@code etcdutl} that the caller brings along for a host without one.
 *
 * @param file where it is on this machine
 * @param path where it goes on the host
 */
record UploadedTool(Path file, String path) {
  private static final String PROBE =
      """
      help=$("$1" snapshot restore --help 2>&1) || { echo "$help" >&2; exit 1; }
      case $help in *--initial-cluster-token*) echo restores ;; esac
      case $help in *--bump-revision*--mark-compacted*) echo raises ;; esac
      """;

  /** {@return what speaks against it here} */
  List<Refusal> refusals() {
    if (Files.isRegularFile(file) && Files.isReadable(file)) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.TOOL_MISSING,
            "There is no file %s here that could be read, to be brought along.".formatted(file),
            "Give the path of an etcdutl for the host's system."));
  }

  /** Brings it there and looks at what it can do on that host. */
  RestoreTool install(RemoteHost host, RunContext run) {
    host.upload(Upload.of(file, path).mode("0700"), run::transferred);
    CommandResult probed = host.run(Command.of("sh", "-c", PROBE, "sh", path).asRoot());
    if (!probed.succeeded() || !probed.out().contains("restores")) {
      throw run.failure(
          Code.TOOL_MISSING,
          "%s cannot restore snapshots on %s: %s.".formatted(file, host.name(), probed.summary()),
          "Give an etcdutl for that host's system; etcd itself was not touched.",
          null);
    }
    return new RestoreTool(path, probed.out().contains("raises"));
  }

  void remove(RemoteHost host) {
    HostFile.must(host, Command.of("rm", "-f", "--", path).asRoot());
  }
}
