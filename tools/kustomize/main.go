// Renders kustomizations as kustomize's own library does, for tests: one JSON line for each folder that is named,
// {"folder", "objects"} or {"folder", "error"}. Built for WASI, so that it runs wherever Node does and sees only the folders it is given.
package main

import (
	"encoding/json"
	"os"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type rendered struct {
	Folder  string            `json:"folder"`
	Objects []json.RawMessage `json:"objects,omitempty"`
	Error   string            `json:"error,omitempty"`
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, folder := range os.Args[1:] {
		objects, err := render(folder)
		line := rendered{Folder: folder, Objects: objects}
		if err != nil {
			line = rendered{Folder: folder, Error: err.Error()}
		}
		if err := out.Encode(line); err != nil {
			panic(err)
		}
	}
}

func render(folder string) ([]json.RawMessage, error) {
	// The defaults are those of `kustomize build` and of Argo CD: no plugins, no files from outside of a kustomization.
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return nil, err
	}
	objects := []json.RawMessage{}
	for _, resource := range resources.Resources() {
		text, err := resource.MarshalJSON()
		if err != nil {
			return nil, err
		}
		objects = append(objects, text)
	}
	return objects, nil
}
