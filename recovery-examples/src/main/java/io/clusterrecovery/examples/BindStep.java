package io.clusterrecovery.examples;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Points A records at other addresses in one update whose prerequisites are the old values, so that
 * the server itself compares and sets. A TTL is kept, but is not part of what is compared: RFC 2136
 * leaves it out.
 */
final class BindStep implements RecoveryStep<Map<String, String>> {
  private static final int TTL_OF_NEW = 60;
  private static final Duration PACE = Duration.ofSeconds(1);

  private final BindServer server;
  private final String zone;
  private final Map<String, String> wanted;

  BindStep(BindServer server, String zone, Map<String, String> wanted) {
    this.server = server;
    this.zone = zone;
    this.wanted = Map.copyOf(wanted);
  }

  @Override
  public String operation() {
    return "update BIND";
  }

  @Override
  public Prepared<Map<String, String>> prepare(RunContext run) {
    Map<String, List<BindServer.Answer>> seen = look();
    return new Prepared<>(plan(seen), acting -> act(seen, acting));
  }

  private Map<String, List<BindServer.Answer>> look() {
    Map<String, List<BindServer.Answer>> seen = new TreeMap<>();
    wanted.keySet().forEach(name -> seen.put(name, server.ask(name, "A")));
    return seen;
  }

  private Plan plan(Map<String, List<BindServer.Answer>> seen) {
    Plan.Builder plan = Plan.of(operation(), "zone " + zone);
    seen.forEach(
        (name, answers) -> {
          plan.fact(name + " A", shown(answers));
          if (answers.size() > 1 || answers.stream().anyMatch(a -> !a.type().equals("A"))) {
            plan.refuse(
                Code.RECORD_UNSUPPORTED,
                "The record %s is %s, not one address.".formatted(name, shown(answers)),
                "Change that record by hand, or leave it out.");
          }
        });
    changes(seen).forEach(plan::change);
    return plan.build();
  }

  private List<Change> changes(Map<String, List<BindServer.Answer>> seen) {
    return differing(seen).stream()
        .map(
            name ->
                Change.of(
                    "dns/" + zone + "/" + name + "/A",
                    "point record",
                    name + " A in zone " + zone,
                    shown(of(name, seen)),
                    wanted.get(name) + " (TTL " + ttl(of(name, seen)) + " s)"))
        .toList();
  }

  private List<String> differing(Map<String, List<BindServer.Answer>> seen) {
    return seen.keySet().stream().filter(name -> !holds(name, of(name, seen))).toList();
  }

  private boolean holds(String name, List<BindServer.Answer> answers) {
    return answers.size() == 1 && answers.get(0).value().equals(wanted.get(name));
  }

  private Map<String, String> act(Map<String, List<BindServer.Answer>> seen, RunContext run) {
    List<String> names = differing(seen);
    if (!names.isEmpty()) {
      changeAll(changes(seen), run, () -> update(names, seen, run));
      int oldTtl = names.stream().mapToInt(name -> oldTtl(of(name, seen))).max().orElse(0);
      awaitOldTtl(Duration.ofSeconds(oldTtl), run);
    }
    return wanted;
  }

  /** One request makes them all, so the intent of each is written before it. */
  private static void changeAll(List<Change> changes, RunContext run, Runnable request) {
    Runnable all = request;
    for (Change change : changes) {
      Runnable inner = all;
      all = () -> run.change(change, inner);
    }
    all.run();
  }

  private void update(
      List<String> names, Map<String, List<BindServer.Answer>> seen, RunContext run) {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      List<BindServer.Answer> old = of(name, seen);
      lines.add(
          old.isEmpty()
              ? "prereq nxrrset %s. IN A".formatted(name)
              : "prereq yxrrset %s. IN A %s".formatted(name, old.get(0).value()));
      lines.add("update delete %s. A".formatted(name));
      lines.add("update add %s. %d A %s".formatted(name, ttl(old), wanted.get(name)));
    }
    BindServer.Updated updated = server.update(zone, lines);
    // Whatever was answered, what the server holds now is what counts.
    Map<String, List<BindServer.Answer>> now = look();
    if (!differing(now).isEmpty()) {
      throw failure(updated, seen, now, run);
    }
  }

  private RuntimeException failure(
      BindServer.Updated updated,
      Map<String, List<BindServer.Answer>> seen,
      Map<String, List<BindServer.Answer>> now,
      RunContext run) {
    String edited =
        now.keySet().stream()
            .filter(name -> !of(name, now).equals(of(name, seen)) && !holds(name, of(name, now)))
            .map(
                name ->
                    "%s was %s and is %s now"
                        .formatted(name, shown(of(name, seen)), shown(of(name, now))))
            .collect(Collectors.joining("; "));
    return edited.isEmpty()
        ? run.failure(
            Code.COMMAND_FAILED,
            "nsupdate did not change the zone: " + updated.said() + ".",
            "Check the key and what the server allows it, then run this again.",
            null)
        : run.failure(
            Code.CONCURRENT_CHANGE,
            "Somebody else changed the zone meanwhile: " + edited + ".",
            "Look at the plan again; if it is right as the zone is now, run this again.",
            null);
  }

  private static void awaitOldTtl(Duration ttl, RunContext run) {
    if (ttl.isZero()) {
      return;
    }
    Duration start = run.clock().elapsed();
    run.await(
        new Wait("old answers to leave the caches of resolvers", ttl.plusSeconds(10), PACE),
        () ->
            run.clock().elapsed().minus(start).compareTo(ttl) >= 0
                ? Poll.done(ttl)
                : Poll.notYet("resolvers may still give the old answer"));
  }

  private static List<BindServer.Answer> of(
      String name, Map<String, List<BindServer.Answer>> answers) {
    return answers.getOrDefault(name, List.of());
  }

  private static int ttl(List<BindServer.Answer> answers) {
    return answers.isEmpty() ? TTL_OF_NEW : answers.get(0).ttl();
  }

  private static int oldTtl(List<BindServer.Answer> answers) {
    return answers.isEmpty() ? 0 : answers.get(0).ttl();
  }

  private static String shown(List<BindServer.Answer> answers) {
    return answers.isEmpty()
        ? "absent"
        : answers.stream()
            .map(a -> "%s %s (TTL %d s)".formatted(a.type(), a.value(), a.ttl()))
            .collect(Collectors.joining(", "));
  }
}
