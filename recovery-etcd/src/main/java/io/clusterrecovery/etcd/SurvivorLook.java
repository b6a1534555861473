package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.SurvivorState.Known;
import io.clusterrecovery.etcd.SurvivorState.Source;
import io.clusterrecovery.etcd.SurvivorState.Unknown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Looks how far one host's etcd has come: asks it, and where it is silent reads its files.
 *
 * @param name the name of its member
 * @param etcd how its etcd is reached, if it is
 */
record SurvivorLook(String name, RemoteHost host, Optional<EtcdCluster> etcd) {
  private static final String NEWEST_LOG = HostData.NEWEST_LOG + "printf %s \"$last\"";

  /** Never throws for what is wrong with it. */
  SurvivorState state(RestoreMethod method) {
    SurvivorData own = SurvivorData.of(host, method);
    try {
      return etcd.isPresent() ? told(etcd.get(), own) : read(own);
    } catch (EtcdCallException silent) {
      return silent.kind() == EtcdCallException.Kind.ACCESS_DENIED
          ? new Unknown(name, "etcd does not accept this client: " + silent.getMessage())
          : read(own);
    } catch (RecoveryException noWay) {
      return read(own);
    }
  }

  private SurvivorState told(EtcdCluster cluster, SurvivorData own) {
    try (EtcdClient client = cluster.connect(cluster.endpoints().get(0))) {
      EndpointStatus status = client.status();
      WalHead owner = new WalHead(status.memberId(), status.clusterId());
      return known(
          owner, client.members(), status.raftIndex(), status.revision(), own, Source.ETCD);
    }
  }

  private SurvivorState read(SurvivorData own) {
    if (!(own instanceof SurvivorData.Read read)) {
      return new Unknown(name, "its data is not known: " + ((SurvivorData.Unread) own).why());
    }
    try (HostCopy log = HostCopy.of(host, newestLog(read.directory()))) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log.file()));
      WalHead owner = WalHead.of(bytes);
      long commit = Math.max(WalCommit.of(bytes), read.data().consistentIndex());
      return known(owner, own.members(), commit, own.revision(), own, Source.OWN_DATA);
    } catch (IOException | RecoveryException e) {
      return new Unknown(name, "its log cannot be read: " + e.getMessage());
    }
  }

  /** Whoever was given as one member and is another is not to be compared as it. */
  private SurvivorState known(
      WalHead owner,
      List<EtcdMember> members,
      long commitIndex,
      long revision,
      SurvivorData own,
      Source source) {
    Optional<EtcdMember> member =
        members.stream().filter(m -> m.id().equals(owner.memberId())).findFirst();
    if (member.isEmpty()) {
      return new Unknown(name, "its own list of members does not name it");
    }
    if (!member.get().isCalled(name)) {
      return new Unknown(name, "what is there is member " + member.get().label());
    }
    return new Known(
        name,
        owner.clusterId(),
        own.identity(),
        member.get().role(),
        commitIndex,
        revision,
        own.newest(),
        source);
  }

  private String newestLog(String directory) throws IOException {
    Command looking = Command.of("sh", "-c", NEWEST_LOG, "sh", directory).asRoot();
    String path = HostFile.must(host, looking).text();
    if (path.isEmpty()) {
      throw new IOException("there is none");
    }
    return path;
  }
}
