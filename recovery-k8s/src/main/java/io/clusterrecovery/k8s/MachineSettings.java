package io.clusterrecovery.k8s;

import io.clusterrecovery.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the caller said; the time by the clock of the run. */
record MachineSettings(Instant createdAfter, int count, boolean registered, Duration limit) {
  static final Duration LIMIT = Duration.ofMinutes(20);

  String shown() {
    return "%d new Machines of the control plane, with node and address%s"
        .formatted(count, registered ? ", registered" : "");
  }

  /**
   * {@return whether they are there} A pure function of what is known.
   *
   * @param after by the API server's clock
   */
  Poll<List<Machine>> judge(List<Machine> known, Instant after) {
    List<Machine> fresh = known.stream().filter(m -> !m.created().isBefore(after)).toList();
    List<String> missing = new ArrayList<>();
    if (fresh.size() < count) {
      missing.add("%d of %d new Machines are there".formatted(fresh.size(), count));
    }
    fresh.stream().filter(m -> !isComplete(m)).forEach(m -> missing.add(m.toString()));
    return missing.isEmpty() ? Poll.done(fresh) : Poll.notYet(String.join("; ", missing));
  }

  private boolean isComplete(Machine machine) {
    boolean told = !machine.node().isEmpty() && !machine.internalIps().isEmpty();
    return told && (machine.registered() || !registered);
  }
}
