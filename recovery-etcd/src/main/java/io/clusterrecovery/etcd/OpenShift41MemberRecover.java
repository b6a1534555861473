package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.ClusterProxySource;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Starts etcd on new masters by {@code /usr/local/bin/etcd-member-recover.sh}, which adds the
 * member itself: see {@link OpenShift41#memberRecover}. Immutable and thread-safe.
 */
public final class OpenShift41MemberRecover implements MemberStarter {
  /** How long the script may take by default, in minutes: {@value}. */
  public static final int DEFAULT_LIMIT_MINUTES = 10;

  private final EtcdSigner signer;
  private final Optional<ClusterProxy> proxy;
  private final Optional<ClusterProxySource> source;
  private final Duration limit;

  private OpenShift41MemberRecover(
      EtcdSigner signer,
      Optional<ClusterProxy> proxy,
      Optional<ClusterProxySource> source,
      Duration limit) {
    this.signer = signer;
    this.proxy = proxy;
    this.source = source;
    this.limit = limit;
  }

  static OpenShift41MemberRecover by(EtcdSigner signer) {
    return new OpenShift41MemberRecover(
        requireNonNull(signer, "signer"),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(DEFAULT_LIMIT_MINUTES));
  }

  /**
   * {@return this, going through that proxy} Nobody is asked then; members of etcd and the survivor
   * are added to its exceptions.
   *
   * @throws IllegalStateException if one was given already
   */
  public OpenShift41MemberRecover proxy(ClusterProxy proxy) {
    return new OpenShift41MemberRecover(
        signer, Optional.of(SetOnce.value("proxy", this.proxy.orElse(null), proxy)), source, limit);
  }

  /**
   * {@return this, asking the cluster for its proxy} Where the cluster cannot be asked, or names
   * none, the kubelet's unit on the new master counts, as it does by default.
   *
   * @throws IllegalStateException if one was given already
   */
  public OpenShift41MemberRecover proxyFrom(ClusterProxySource source) {
    requireNonNull(source, "source");
    return new OpenShift41MemberRecover(
        signer,
        proxy,
        Optional.of(SetOnce.value("proxyFrom", this.source.orElse(null), source)),
        limit);
  }

  /**
   * {@return this, waiting that long for the script on a master} At the limit the script is ended,
   * which is a change of its own; then the member list decides whether the member is removed or, as
   * a second voter, started.
   *
   * @param limit more than zero; {@value #DEFAULT_LIMIT_MINUTES} minutes by default
   */
  public OpenShift41MemberRecover scriptLimit(Duration limit) {
    return new OpenShift41MemberRecover(
        signer, proxy, source, Limits.positive("scriptLimit", limit));
  }

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
    RestorePaths paths = RestorePaths.of(RecoverHost.DATA, folder, facts.runFolderOnSameDevice());
    if (!seen.starts()) {
      RecoverOrder none = new RecoverOrder(signer, "", Secret.of(""), limit);
      return new RecoverStart(member, none, paths, Optional.empty(), run);
    }
    EtcdUnitRules.nameRefusals(member.host().name(), facts, member.peerUrl()).forEach(plan::refuse);
    seen.refusals().forEach(plan::refuse);
    plan.note(
        "etcd-member-recover.sh deletes certificates and data of etcd on %s before it asks the cluster to take the member."
            .formatted(member.host().name()));
    String address = address(plan);
    OpenShift41Proxy found = proxy(member, address, plan);
    if (member.stage() == Stage.NEW && !new RecoverJob(member.host(), member.name()).runs()) {
      EtcdDownload.refusals(member.host(), seen.release(), found).forEach(plan::refuse);
    }
    RecoverOrder order = new RecoverOrder(signer, address, found.assignments(), limit);
    return new RecoverStart(member, order, paths, seen.leftover(), run);
  }

  private OpenShift41Proxy proxy(JoiningMember member, String address, Plan.Builder plan) {
    OpenShift41Proxy found =
        OpenShift41Proxy.find(proxy, source, member.host(), direct(member, address));
    found.describe("proxy of " + member.host().name(), plan);
    return found;
  }

  /** What the script reaches itself: etcd and the signer, by names and addresses. */
  private static Set<String> direct(JoiningMember member, String address) {
    Set<String> direct = new TreeSet<>(Set.of("localhost", "127.0.0.1", address));
    direct.add(Urls.host(member.peerUrl()));
    for (EtcdMember each : member.members()) {
      each.peerUrls().forEach(url -> direct.add(Urls.host(url)));
      each.clientUrls().forEach(url -> direct.add(Urls.host(url)));
    }
    direct.remove("");
    return direct;
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
