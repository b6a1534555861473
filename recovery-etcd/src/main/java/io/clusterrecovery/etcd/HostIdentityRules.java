package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether hosts that are to become new members are machines of their own: pure functions of what
 * they tell.
 *
 * @param known the machine ids of hosts of members that are there, by the members' names
 */
record HostIdentityRules(Map<String, String> known) {

  /** Copies the map. */
  HostIdentityRules {
    known = Map.copyOf(known);
  }

  /** Why a host must not become a new member; members that are to be removed are left out. */
  List<Refusal> refusals(MemberToAdd add, HostIdentity host, List<EtcdMember> staying) {
    List<Refusal> refusals = new ArrayList<>();
    staying.stream()
        .filter(m -> m.votes() && !add.isListedAs(m) && host.is(m))
        .forEach(m -> refusals.add(taken(add, m.label(), "an address of")));
    known.forEach(
        (name, machine) -> {
          boolean same = !machine.isEmpty() && machine.equals(host.machineId());
          if (same && !name.equals(add.name())) {
            refusals.add(taken(add, name, "the machine id of"));
          }
        });
    return refusals;
  }

  private static Refusal taken(MemberToAdd add, String member, String what) {
    return new Refusal(
        Code.MEMBER_ALREADY_THERE,
        "%s was to become the new member %s, but it has %s member %s."
            .formatted(add.host().name(), add.name(), what, member),
        "It is that member's host, or was copied from it: name another host.");
  }
}
