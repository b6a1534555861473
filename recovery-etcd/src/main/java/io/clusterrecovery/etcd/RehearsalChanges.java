package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.etcd.RehearsalLook.Folder;
import io.clusterrecovery.etcd.SnapshotRehearsal.Brought;
import java.util.ArrayList;
import java.util.List;

/** The changes of a rehearsal, by their stable ids. */
record RehearsalChanges(String host) {

  List<Change> planned(RehearsalLook look, Brought brought) {
    List<Change> all = new ArrayList<>();
    if (look.folder() == Folder.LEFT) {
      all.add(clean());
    }
    all.add(upload());
    brought.etcdutl().ifPresent(file -> all.add(uploadTool()));
    brought.etcd().ifPresent(file -> all.add(uploadServer()));
    all.addAll(List.of(restore(), start(), remove()));
    return all;
  }

  Change clean() {
    return change("clean", "remove what an earlier rehearsal has left", "there", "gone");
  }

  Change upload() {
    return change("copy-snapshot", "copy the snapshot", "not there", RehearsalFolder.SNAPSHOT);
  }

  Change uploadTool() {
    return change("copy-tool", "copy etcdutl", "not there", RehearsalFolder.TOOL);
  }

  Change uploadServer() {
    return change("copy-etcd", "copy etcd", "not there", RehearsalFolder.ETCD);
  }

  Change restore() {
    return change("restore", "restore the snapshot there", "not there", RehearsalFolder.DATA);
  }

  Change start() {
    return change("start", "start etcd on it", "not there", "on ports of the loopback address");
  }

  Change remove() {
    return change("remove", "stop it and remove all of it", RehearsalFolder.PATH, "gone");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("rehearsal/" + id + "@" + host, what, host, from, to);
  }
}
