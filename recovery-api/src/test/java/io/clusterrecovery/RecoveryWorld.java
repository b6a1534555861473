package io.clusterrecovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A world that remembers what was done to it, and that does nothing twice. */
final class RecoveryWorld implements Provisioner {
  static final Master SURVIVOR = new Master("m0", "10.0.0.1");

  private final Instant verified;
  private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Refusal> refusals = new HashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private String misnamed = "";

  RecoveryWorld(Instant verified) {
    this.verified = verified;
  }

  /** A recovery of every part, whose new masters are made. */
  LostMastersRecoveryBuilder<Instant> whole() {
    return parts(LostMastersRecovery.restoring(restore())).masters(this, "m3", "m4");
  }

  LostMastersRecoveryBuilder<Instant> parts(LostMastersRecoveryBuilder<Instant> recovery) {
    return recovery
        .survivors(SURVIVOR)
        .lost(new Master("m1", "10.0.0.2"), new Master("m2", "10.0.0.3"))
        .api(found -> step("api"))
        .forgetting(found -> step("forget"))
        .approval(found -> named("approve", found, " since " + found.restored()))
        .nodes(found -> step("nodes"))
        .dns(dns(), "e0", "e1", "e2")
        .balancer(this::pool)
        .growth(found -> named("grow", found, ""))
        .operators(found -> step("operators"))
        .cleaning(found -> step("clean"))
        .backup(found -> step("backup"));
  }

  RecoveryStep<Instant> restore() {
    return step("restore").map(done -> verified);
  }

  DnsRecords dns() {
    return records ->
        step(
            records.stream()
                .map(r -> r.name() + "=" + r.address())
                .collect(Collectors.joining(" ", "dns ", "")));
  }

  private RecoveryStep<?> pool(List<String> targets, List<String> leaving) {
    return step(
        "pool %s without %s".formatted(String.join(",", targets), String.join(",", leaving)));
  }

  RecoveryStep<String> named(String verb, Recovered<Instant> found, String more) {
    String what = verb + " " + names(found.masters()) + more;
    return step(what, found.masters().get(0).name());
  }

  RecoveryStep<String> step(String what) {
    return step(what, what);
  }

  /** A step of one change, which is there once. */
  RecoveryStep<String> step(String what, String on) {
    String word = word(what);
    return new TestStep<>(
        word,
        run -> {
          Plan.Builder plan = Plan.of(word, on);
          Optional.ofNullable(refusals.get(word)).ifPresent(plan::refuse);
          Change change = Change.of(what, word, on, "before", "after");
          if (!changes.contains(what)) {
            plan.change(change);
          }
          Plan planned = plan.build();
          return new Prepared<>(
              planned,
              acting -> {
                planned.changes().forEach(c -> acting.change(c, () -> act(what)));
                return what;
              });
        });
  }

  private void act(String what) {
    if (failing.remove(word(what))) {
      throw new IllegalStateException(what + " failed");
    }
    changes.add(what);
  }

  @Override
  public Optional<Master> find(String name) {
    return changes.contains("make " + name) ? Optional.of(master(name)) : Optional.empty();
  }

  @Override
  public Master make(String name) {
    changes.add("make " + name);
    return master(name.equals(misnamed) ? "other" : name);
  }

  Master master(String name) {
    String last = name.matches("m\\d") ? "1" + name.substring(1) : "99";
    return new Master(name, "10.0.0." + last);
  }

  void refuse(String word, Refusal refusal) {
    refusals.put(word, refusal);
  }

  void failOnce(String word) {
    failing.add(word);
  }

  void misname(String name) {
    misnamed = name;
  }

  List<String> changes() {
    return List.copyOf(changes);
  }

  List<String> words() {
    return changes.stream().map(RecoveryWorld::word).toList();
  }

  static String names(List<Master> masters) {
    return masters.stream().map(Master::name).collect(Collectors.joining(","));
  }

  private static String word(String what) {
    return what.split(" ", 2)[0];
  }
}
