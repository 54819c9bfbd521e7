# lib.hm.dag: texts that say after and before which others they come.
{ lib }:
let
  inherit (lib)
    all
    attrNames
    concatStringsSep
    elem
    filter
    head
    remove
    throwIf
    ;

  entryBetween = before: after: data: { inherit after before data; };
in
{
  dag = {
    inherit entryBetween;
    entryAnywhere = entryBetween [ ] [ ];
    entryAfter = entryBetween [ ];
    entryBefore = before: entryBetween before [ ];

    # Their names in an order that they all allow; a name that is not there is waited for by nobody.
    sorted =
      dag:
      let
        waits = name: other: elem other dag.${name}.after || elem name dag.${other}.before;
        from =
          names:
          let
            free = filter (name: all (other: !waits name other) (remove name names)) names;
          in
          if names == [ ] then
            [ ]
          else
            throwIf (free == [ ]) "home.activation: ${concatStringsSep ", " names} wait for each other" (
              [ (head free) ] ++ from (remove (head free) names)
            );
      in
      from (attrNames dag);
  };
}
