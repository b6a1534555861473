package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a host can become a member by the recovery script of OpenShift 4.1: what was seen there,
 * and pure functions of it.
 *
 * @param joining the member that it is to become
 * @param data the etcd data that it holds
 * @param there which of the script, its template and a manifest of etcd are there
 * @param dnsName the name that etcd goes by there; empty if the host has not found it out yet
 * @param release whose tools the script downloads; empty if it cannot be told
 * @param runsEtcd whether an etcd runs there
 * @param hasJob whether the SDK has started the script there for that member
 */
record RecoverHost(
    JoiningMember joining,
    HostData data,
    Set<String> there,
    String dnsName,
    Optional<String> release,
    boolean runsEtcd,
    boolean hasJob) {
  static final String DATA = "/var/lib/etcd";
  static final String ENVIRONMENT = "/run/etcd/environment";
  static final String SCRIPT = "/usr/local/bin/etcd-member-recover.sh";
  private static final String TEMPLATE =
      "/usr/local/share/openshift-recovery/template/etcd-generate-certs.yaml.template";
  private static final String MANIFEST = "manifest of etcd";

  private static final String LOOK =
      """
      for file in %s %s; do
        [ ! -s "$file" ] || echo "there $file"
      done
      for folder in /etc/kubernetes/manifests %s/assets/backup; do
        [ ! -s "$folder/etcd-member.yaml" ] || echo 'there %s'
      done
      sed -n 's/^ETCD_DNS_NAME=/name /p' %s 2> /dev/null
      echo "release $(cat %1$s /usr/local/bin/openshift-recovery-tools 2> /dev/null \\
        | grep -oE 'v3[.][0-9]+[.][0-9]+' | head -n 1)"
      """
              .formatted(SCRIPT, TEMPLATE, OpenShift41.HOME, MANIFEST, ENVIRONMENT)
          + RecoverScripts.RUNS;

  /** Copies the set. */
  RecoverHost {
    there = Set.copyOf(there);
  }

  static RecoverHost of(JoiningMember joining) {
    RemoteHost host = joining.host();
    List<String> seen =
        HostFile.must(host, Command.of("sh", "-c", LOOK).asRoot()).out().lines().toList();
    return new RecoverHost(
        joining,
        HostData.on(host, DATA),
        Set.copyOf(after("there ", seen)),
        after("name ", seen).stream().findFirst().orElse(""),
        after("release ", seen).stream().filter(text -> !text.isEmpty()).findFirst(),
        seen.contains("etcd"),
        new RecoverJob(host, joining.name()).exists());
  }

  private static List<String> after(String key, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .distinct()
        .toList();
  }

  /** Whether it is still to be started, or what was begun to be gone on with. */
  boolean starts() {
    return joining.stage() == Stage.NEW || joining.stage() == Stage.UNSTARTED;
  }

  /** Why it must not become that member. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    if (!starts()) {
      return refusals;
    }
    for (String needed : List.of(SCRIPT, TEMPLATE, MANIFEST)) {
      if (!there.contains(needed)) {
        refusals.add(
            new Refusal(
                Code.TOOL_MISSING,
                "%s has no %s.".formatted(joining.host().name(), needed),
                "Make sure that it is a master of OpenShift 4.1."));
      }
    }
    if (verdict() instanceof HostDataRules.Verdict.Refused refused) {
      refusals.add(refused.why());
    }
    if (!dnsName.isEmpty() && !dnsName.equals(Urls.host(joining.peerUrl()))) {
      refusals.add(
          new Refusal(
              Code.NAME_RESOLUTION,
              "etcd on %s goes by the name %s, and the peer URL is %s."
                  .formatted(joining.host().name(), dnsName, joining.peerUrl()),
              "Correct the DNS records, or the peer URL: the script takes the host's own name."));
    }
    return refusals;
  }

  /** Whose data has to go before; the script would remove it for good. */
  Optional<String> leftover() {
    boolean goesOn = joining.stage() == Stage.UNSTARTED && hasJob;
    return starts() && !goesOn && verdict() instanceof HostDataRules.Verdict.Old old
        ? Optional.of(old.whose())
        : Optional.empty();
  }

  /** An etcd that a run of the script has started may run still, if it could not be ended. */
  private HostDataRules.Verdict verdict() {
    return new HostDataRules(joining, data, runsEtcd && !hasJob).verdict();
  }
}
