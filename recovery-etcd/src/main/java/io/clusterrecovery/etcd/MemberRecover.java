package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import java.util.HashMap;
import java.util.Map;

/**
 * etcd started by the recovery script of OpenShift 4.1, which adds the member itself.
 *
 * @param signer whom the script asks for certificates
 */
record MemberRecover(EtcdSigner signer) implements MemberStarter {

  @Override
  public boolean addsMember() {
    return true;
  }

  @Override
  public Start prepareStart(JoiningMember member, RunContext run, Plan.Builder plan) {
    String folder = RestoreRecord.folder(run.runId());
    HostFacts facts =
        HostFacts.of(member.host(), RecoverHost.DATA, Urls.host(member.peerUrl()), folder);
    RecoverHost seen = RecoverHost.of(member);
    if (seen.starts()) {
      EtcdUnitRules.nameRefusals(member.host().name(), facts, member.peerUrl())
          .forEach(plan::refuse);
      seen.refusals().forEach(plan::refuse);
      plan.note(
          "etcd-member-recover.sh deletes certificates and data of etcd on %s before it asks the cluster to take the member."
              .formatted(member.host().name()));
    }
    RestorePaths paths = RestorePaths.of(RecoverHost.DATA, folder, facts.runFolderOnSameDevice());
    String address = seen.starts() ? address(plan) : "";
    return new RecoverStart(member, signer, address, paths, seen.leftover(), run);
  }

  /** Where the script reaches signer and etcd: the address that etcd on the survivor goes by. */
  private String address(Plan.Builder plan) {
    Map<String, String> variables = new HashMap<>();
    signer
        .settings()
        .host()
        .read(RecoverHost.ENVIRONMENT)
        .ifPresent(bytes -> EnvironmentText.addLines(new String(bytes, UTF_8), variables));
    String address = variables.getOrDefault("ETCD_IPV4_ADDRESS", "");
    if (address.isEmpty()) {
      plan.refuse(
          Code.ETCD_CONFIG_UNSUPPORTED,
          "On %s, %s does not tell the address of etcd."
              .formatted(signer.settings().host().name(), RecoverHost.ENVIRONMENT),
          "Make sure that etcd runs there, as OpenShift 4.1 runs it.");
    }
    return address;
  }

  @Override
  public String toString() {
    return "etcd-member-recover.sh";
  }
}
