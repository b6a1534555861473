package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Verifies what the restore script has done, since it does not: also where it ended with 0.
 *
 * @param runFolder where the run keeps its things
 * @param snapshot what it was given
 */
record RestoreScriptCheck(RemoteHost host, String runFolder, Snapshot snapshot) {
  private static final Duration KUBELET_LIMIT = Duration.ofMinutes(1);
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final String KUBELET =
      "systemctl show kubelet --property=ActiveState,MainPID --value | tr '\\n' ' '";

  /** It has come to its end, by its own word. */
  static void requireEnded(RestoreScriptJob.End end, RunContext run) {
    RestoreScriptFailure.of(end).ifPresent(failure -> fail(failure, run));
  }

  /** The host is as it must be, by what is seen there. */
  void requireAsWanted(RestoreScriptOutput output, RunContext run) {
    OpenShift41Facts facts = OpenShift41Facts.of(host, runFolder);
    problem(host.name(), facts, output, snapshot.contents().compactedRevision())
        .ifPresent(failure -> fail(failure, run));
    awaitKubelet(run);
  }

  private static void fail(Refusal failure, RunContext run) {
    throw run.failure(failure.code(), failure.found(), failure.next(), null);
  }

  /** What is not as it should be: a pure function of what was seen. */
  static Optional<Refusal> problem(
      String host, OpenShift41Facts facts, RestoreScriptOutput output, long compacted) {
    if (!facts.hasData()) {
      return wrong("There is no data in /var/lib/etcd on %s after the script.".formatted(host));
    }
    if (!facts.lacking().isEmpty()) {
      return wrong(
          "Manifests are not back on %s as they were: %s."
              .formatted(host, String.join(", ", facts.lacking())));
    }
    TreeSet<String> more = new TreeSet<>(output.started());
    output.stopped().forEach(more::remove);
    if (!more.isEmpty()) {
      return wrong(
          "The script has started on %s what did not run before: %s."
              .formatted(host, String.join(", ", more)));
    }
    // One that was under way when the snapshot was taken is told by the inspection alone.
    if (output.compacted().isPresent() && output.compacted().getAsLong() > compacted) {
      return wrong(
          "etcd's tool found the snapshot compacted up to %d, the inspection up to %d."
              .formatted(output.compacted().getAsLong(), compacted));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> wrong(String found) {
    return Optional.of(
        new Refusal(Code.VERIFICATION_FAILED, found, "Look at the host before going on."));
  }

  /** A kubelet that ends right after its start counts as started with systemd, and the script. */
  private void awaitKubelet(RunContext run) {
    AtomicReference<String> before = new AtomicReference<>("");
    run.await(
        Wait.named("kubelet of " + host.name() + " runs and stays", KUBELET_LIMIT).every(PACE),
        () -> {
          String now = HostFile.must(host, Command.of("sh", "-c", KUBELET)).text();
          boolean stays = now.equals(before.getAndSet(now));
          return stays && List.of(now.split(" ", -1)).contains("active")
              ? Poll.done(true)
              : Poll.notYet("it is " + now);
        });
  }
}
